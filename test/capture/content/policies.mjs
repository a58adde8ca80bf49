/** The help centre of an invented outdoor shop: what `search_policy` finds. */
export const policies = {
  'RET-1': [
    'Returns within 45 days',
    'Unworn items with their tags can be returned within 45 days of delivery. The return label is free in the country of purchase and is valid for 14 days once printed.',
  ],
  'RET-2': [
    'When a refund arrives',
    'Refunds go to the original payment method within 5 working days after the warehouse scans the parcel. Banks may need up to 3 more days to show it.',
  ],
  'RET-3': [
    'Final sale and personalised items',
    'Personalised items, opened base layers and items marked Final Sale cannot be returned unless they are faulty.',
  ],
  'RET-4': [
    'Exchanges',
    'An exchange ships as soon as the carrier scans the return label. One free exchange per item; a price difference is charged or refunded automatically.',
  ],
  'RET-5': [
    'Refund limits',
    'Support may refund up to 150 USD per order without approval. Larger amounts go to the returns desk, which answers within one working day.',
  ],
  'SHP-1': [
    'Delivery times',
    'Standard delivery takes 3 to 5 working days. Express orders placed before 14:00 arrive on the next working day. Nothing ships on Sundays.',
  ],
  'SHP-2': [
    'Late parcels',
    'A parcel without a carrier scan for 5 working days counts as lost. The customer chooses a replacement or a full refund, shipping included.',
  ],
  'SHP-3': [
    'Changing a delivery address',
    'An address can be changed until the order is packed. After that the customer can redirect the parcel with the carrier, free of charge.',
  ],
  'SHP-4': [
    'Duties and taxes abroad',
    'Duties are included in the price for Canada and the United Kingdom. Elsewhere they are paid to the carrier on delivery.',
  ],
  'SHP-5': [
    'Delivered but not received',
    'When a parcel is marked delivered but missing, wait 24 hours and check neighbours and safe places. After that we open a claim and send a replacement within 2 working days.',
  ],
  'SHP-6': [
    'Orders in several parcels',
    'Large orders may ship in up to three parcels. Each has its own tracking number, and shipping is charged once.',
  ],
  'WAR-1': [
    'Two-year warranty',
    'Seams, zips, buckles and coatings are covered for two years of normal use. Cuts, burns and abrasion are not. A photo is needed for every claim.',
  ],
  'WAR-2': [
    'Repairs',
    'Damage outside the warranty can be repaired for a fixed fee: 18 USD for a patch, 32 USD for a zip. Repairs take about two weeks.',
  ],
  'PAY-1': [
    'Gift cards',
    'Gift cards never expire and can be combined with one other payment method. The part of an order paid by gift card is refunded to a new gift card.',
  ],
  'PAY-2': [
    'Price adjustments',
    'If our own price drops within 14 days of purchase we refund the difference once per item. Bundles and Final Sale are excluded.',
  ],
  'PAY-3': [
    'Pending and double charges',
    'A second charge is usually an authorisation that the bank releases within 3 to 7 days. A charge that has been booked twice is refunded at once.',
  ],
  'PAY-4': [
    'Invoices',
    'Invoices are in the account under Orders. A company name and tax number can be added until 30 days after purchase.',
  ],
  'ACC-1': [
    'Trail Points',
    'One point per dollar, credited when the return period ends. 500 points become a 10 USD voucher. Points lapse after 18 months without a purchase.',
  ],
  'ACC-2': [
    'Account and sign-in',
    'A reset link is valid for 60 minutes. Orders placed as a guest can be added to an account with the order number and the postcode.',
  ],
  'CAR-1': [
    'Washing waterproof shells',
    'Wash at 30 degrees with a mild liquid soap, close all zips, no softener. Twenty minutes in a warm dryer revive the water repellency.',
  ],
  'CAR-2': [
    'Caring for down',
    'Wash down in a front loader with down soap and rinse twice. Dry on low with two clean tennis balls until no clumps remain.',
  ],
  'SIZ-1': [
    'Boot sizing',
    'Boots are measured with a hiking sock. With half a size between, take the larger one. Ridge boots run narrow; the Ridge Wide has the same length and 6 mm more width.',
  ],
  'SIZ-2': [
    'Jacket fit',
    'Shells are cut for one layer beneath. For a down layer beneath, go one size up. Sleeve lengths are in the size table of each product.',
  ],
  'ORD-1': [
    'Cancelling an order',
    'Orders can be cancelled from the account for 60 minutes. Later we can only ask the warehouse, or the parcel may be refused at the door and is refunded on return.',
  ],
  'ORD-2': [
    'Back-orders',
    'A back-ordered item is charged when it ships. The estimate in the account is updated every Monday. A back-order can be cancelled at any time.',
  ],
}
