/**
 * What customers ask, and what a good answer is. `{o}` is the order number.
 *
 * `look` is what `lookup_order` finds (absent: the agent only searches the help centre),
 * `refund` the amount handed to the refund worker, which refuses more than 150 USD.
 * The first article is the one the answer relies on; version 7 of the prompt names it.
 */
const ask = (question, answer, articles, extra = {}) => ({ question, answer, articles: articles.split(' '), ...extra })
const parcel = (status, last_scan, items, total_usd) => ({ status, last_scan, items: items.split(', '), total_usd })

export const tickets = [
  ask(
    'Where is my parcel? Order {o} was supposed to be here two days ago.',
    'Your parcel is still moving: it was scanned in the Reno sorting centre yesterday evening and is out for delivery tomorrow. It lost a day because the truck left late. If there is no scan for five working days we treat it as lost and you choose between a replacement and a refund.',
    'SHP-2 SHP-1',
    { look: parcel('in transit', 'Reno sorting centre, yesterday 19:42', 'Cairn 28 daypack', 119) },
  ),
  ask(
    'The tracking of {o} has not changed for a week. Is it lost?',
    'Yes, after six working days without a scan we count it as lost. You can have the same tent sent again today by express, or the full 289 dollars back including shipping. Tell me which one you prefer and I will start it.',
    'SHP-2 SHP-5',
    { look: parcel('in transit', 'Salt Lake City, six working days ago', 'Halden 2 tent', 289) },
  ),
  ask(
    'It says delivered but there is nothing at my door ({o}).',
    'The carrier marked it delivered at 11:08 today and noted "side entrance". Please look there and ask your neighbours first. If it has not turned up after 24 hours, reply here: I then open a claim and a replacement leaves within two working days.',
    'SHP-5 SHP-2',
    { look: parcel('delivered', 'Side entrance, today 11:08', 'Merino crew sock 3-pack', 42) },
  ),
  ask(
    'I ordered three things and only two came. Order {o}.',
    'The third item is on its way in a parcel of its own. The head torch left the warehouse a day after the rest and should reach you on Thursday; its tracking number is under Orders. You paid shipping only once.',
    'SHP-6 SHP-1',
    {
      look: parcel(
        'partly delivered',
        'Second parcel: local depot, this morning',
        'Fjell fleece, trail gaiters, Lumen head torch',
        164,
      ),
    },
  ),
  ask(
    'Can I still change the address for {o}? I am moving on Friday.',
    'Not with us any more, because the order was packed this morning. You can redirect it to the new address in the carrier tracking page, which is free; choose "Deliver to another address" before tonight.',
    'SHP-3 SHP-1',
    { look: parcel('packed', 'Warehouse, today 08:15', 'Tarn waterproof duffel', 139) },
  ),
  ask(
    'I typed the wrong house number in {o}, sorry. Can you fix it?',
    'You can still fix it yourself: the order is not packed yet. Open Orders, choose the order and then Edit address. Please do it before six this evening, when the warehouse starts packing.',
    'SHP-3 ORD-1',
    { look: parcel('confirmed', 'none yet', 'Ridge boots', 179) },
  ),
  ask(
    'How long does standard delivery take to Oregon?',
    'Three to five working days from the moment it ships, and orders placed before noon usually ship on the same day. Nothing leaves the warehouse on Sundays. With express, an order before 14:00 arrives on the next working day.',
    'SHP-1 SHP-6',
  ),
  ask(
    'Do I have to pay customs if you send a jacket to Norway?',
    'Yes. For Norway the duties and taxes are paid to the carrier on delivery, because they are not part of our price. Only for Canada and the United Kingdom are they included. The carrier sends you the amount by text message beforehand.',
    'SHP-4 SHP-1',
  ),
  ask(
    'I live in Vancouver. Will there be any import fees on top?',
    'No, for Canada the duties and taxes are already in the price you see at checkout. If a carrier asks you for money all the same, do not pay, and send us a photo of the slip.',
    'SHP-4 SHP-1',
  ),
  ask(
    'I want my money back for {o}. The fleece is too warm for me.',
    'That is fine: the fleece was delivered nine days ago, so you are well within the 45 days. I have asked for the refund of 89 dollars and it has been approved. It is on your card five working days after our warehouse scans the parcel.',
    'RET-1 RET-2',
    { look: parcel('delivered', 'Front door, nine days ago', 'Fjell fleece', 89), refund: 89 },
  ),
  ask(
    'How do I send something back? I lost the return slip.',
    'You do not need the slip. Open Orders, choose Start a return and print the label, or show the code at any drop-off point. The label is free and valid for 14 days.',
    'RET-1 RET-4',
  ),
  ask(
    'I returned the poles from {o} eight days ago. Where is my refund?',
    'It was sent to your card the day before yesterday. The warehouse scanned your parcel on Monday and the 74 dollars left us on Wednesday; banks can need up to three more days to show it.',
    'RET-2 RET-1',
    { look: parcel('returned', 'Returns warehouse, Monday', 'Carbon trekking poles', 74) },
  ),
  ask(
    'Is it possible to return a base layer I opened but did not wear?',
    'Sadly not: for reasons of hygiene an opened base layer cannot be returned unless it is faulty. If a seam or the fabric is damaged, send a photo and we will treat it as a warranty case.',
    'RET-3 WAR-1',
  ),
  ask(
    'I had my initials stitched on the duffel in {o} and the colour is wrong.',
    'A personalised item normally cannot come back, but this one differs from what you ordered: the order says moss and the packing photo shows slate. That makes it faulty, so I have asked for 139 dollars back, which was approved.',
    'RET-3 RET-2',
    { look: parcel('delivered', 'Front door, two days ago', 'Tarn duffel with initials, moss', 139), refund: 139 },
  ),
  ask(
    'Can I swap the Ridge boots from {o} for half a size more?',
    'Yes, the first exchange is free. Choose Start a return and then Exchange; the 43.5 is in stock and ships as soon as the carrier scans your label. You do not need to wait until the old pair is back with us.',
    'RET-4 SIZ-1',
    { look: parcel('delivered', 'Parcel locker, four days ago', 'Ridge boots 43', 179) },
  ),
  ask(
    'Exchange again please, the second jacket is also too tight. {o}',
    'The free exchange for this jacket has been used, so the simplest way is to return it and order the larger size. The return is free and the money is on its way as soon as it is scanned. With a fleece beneath I would take the L.',
    'RET-4 SIZ-2',
    { look: parcel('delivered', 'Front door, yesterday', 'Skarv shell M', 249) },
  ),
  ask(
    'The zip of my Skarv jacket broke after one winter. What can I do?',
    'A zip that fails in normal use is covered for two years. Send us a photo of the zip and of the label inside the left pocket. We then repair the jacket for free, or replace it if the repair would take more than three weeks.',
    'WAR-1 WAR-2',
  ),
  ask(
    'My dog bit through the strap of the Cairn pack. Is this under warranty?',
    'Bites are not covered by the warranty, but we can repair the strap. A sewn patch costs 18 dollars and takes about two weeks including the way. Choose Repairs in your account and print the label there.',
    'WAR-2 WAR-1',
  ),
  ask(
    'There is a burn hole in my tent from a spark. Can you fix it?',
    'Yes, we can patch it for 18 dollars. Burns are outside the warranty, but a small hole in the fly is an easy repair and stays waterproof. Please send only the fly, dry and without poles.',
    'WAR-2 WAR-1',
  ),
  ask(
    'I have two gift cards, can I use both and pay the rest by card?',
    'You can use one gift card together with one card payment. To use both, add the second gift card to your Wallet first: the balances are merged there and count as one at checkout.',
    'PAY-1 PAY-4',
  ),
  ask(
    'Does my gift card from 2022 still work?',
    'Yes, our gift cards never expire. Enter its code under Wallet to see what is left on it. You can combine it with one other payment method.',
    'PAY-1 ACC-1',
  ),
  ask(
    'The Skarv shell I bought last week in {o} is 30 dollars cheaper today. Unfair.',
    'I see why that stings, and we can settle it: our price dropped six days after your purchase, and within 14 days we refund the difference. I have asked for 30 dollars and it was approved.',
    'PAY-2 RET-2',
    { look: parcel('delivered', 'Front door, three days ago', 'Skarv shell', 249), refund: 30 },
  ),
  ask(
    'Another shop sells the Halden 2 for less. Do you match that?',
    'We adjust prices only when our own price drops, not to those of other shops. If ours falls within 14 days of your purchase you get the difference back once. You can put a price alert on the tent from its product page.',
    'PAY-2 PAY-1',
  ),
  ask(
    'You charged me twice for {o}!',
    'You have been charged once. The second entry on your statement is an authorisation from a first attempt that your bank declined, and it has not been booked. Banks release it within three to seven days, without any action from you.',
    'PAY-3 RET-2',
    { look: parcel('confirmed', 'none yet', 'Lumen head torch', 48) },
  ),
  ask(
    'My statement shows two booked payments for {o}, both on Monday.',
    'You are right, it was booked twice, and that was our mistake. I have asked for the second 112 dollars back and the refund has been approved. It should be on your card within five working days.',
    'PAY-3 RET-2',
    { look: parcel('delivered', 'Front door, Monday', 'Sitka rain trousers', 112), refund: 112 },
  ),
  ask(
    'I need an invoice with my company name for {o}.',
    'You can add it yourself until 30 days after purchase, and you are in time. Open Orders, choose Invoice and then Add company details; the new PDF is ready at once.',
    'PAY-4 ACC-2',
    { look: parcel('delivered', 'Reception, last Friday', 'Tarn duffel, 4 pieces', 556) },
  ),
  ask(
    'When do my Trail Points show up? I bought boots two weeks ago.',
    'They are credited when the return period ends, that is 45 days after delivery. Until then they are shown as pending in your account. Your boots will bring 179 points.',
    'ACC-1 RET-1',
  ),
  ask(
    'How many points do I need for a voucher and do they expire?',
    '500 points become a voucher of 10 dollars. They lapse only after 18 months without a purchase, so any order keeps all of them alive.',
    'ACC-1 PAY-1',
  ),
  ask(
    'The password link you sent does not work.',
    'The link is valid for 60 minutes and only the newest one works. Please ask for a fresh one with Forgot password and open it in the same browser. If it still fails, try a private window.',
    'ACC-2',
  ),
  ask(
    'I ordered as a guest. Can I see {o} in my new account?',
    'Yes. Open Orders, choose Add an order and enter the number with the postcode of the delivery. It then counts for Trail Points as well.',
    'ACC-2 ACC-1',
    { look: parcel('in transit', 'Portland, this morning', 'Camp mug set', 36) },
  ),
  ask(
    'How do I wash my Skarv shell without ruining it?',
    'Close all zips and wash it at 30 degrees with a mild liquid soap, without softener. Then give it twenty minutes in a warm dryer: the heat brings the water repellency back. Twice a season is about right.',
    'CAR-1 CAR-2',
  ),
  ask(
    'Rain soaks into my jacket instead of beading. Is it broken?',
    'Most likely only the outer coating needs heat, and the membrane beneath is still tight. Wash it with mild soap and tumble it warm for twenty minutes. If water comes through to the inside after that, it is a warranty case.',
    'CAR-1 WAR-1',
  ),
  ask(
    'My sleeping bag went clumpy after washing. Help?',
    'It is still wet inside, and that can be put right. Dry it on low heat with two clean tennis balls, and shake it every half hour until no clumps remain. That can take three hours or more.',
    'CAR-2 CAR-1',
  ),
  ask(
    'I am between 42 and 43 in the Ridge boots, what should I take?',
    'Take the 43. The boots are measured with a hiking sock, and downhill your toes need the room. If your feet are wide, the Ridge Wide has the same length with 6 mm more width.',
    'SIZ-1 RET-4',
  ),
  ask(
    'Are the Ridge boots narrow? My feet are rather wide.',
    'They do run narrow. The Ridge Wide is the better choice: the same length with 6 mm more at the ball of the foot. If it still presses, the first exchange is free.',
    'SIZ-1 RET-4',
  ),
  ask(
    'Which size of the Skarv fits over a down jacket?',
    'One size larger than you usually take. The shell is cut for one thin layer, and down needs air to stay warm. Compare the sleeve in the Size table, because it grows by 1.5 cm per size.',
    'SIZ-2 RET-4',
  ),
  ask(
    'Please cancel {o}, I ordered it ten minutes ago by accident.',
    'You can still cancel it yourself: orders stay open for 60 minutes. Choose Orders and then Cancel order, and the authorisation on your card is released at once.',
    'ORD-1 PAY-3',
    { look: parcel('confirmed', 'none yet', 'Halden 2 tent', 289) },
  ),
  ask(
    'Can I cancel {o}? It has been three hours.',
    'I have asked the warehouse to stop it, but after the first hour that is not certain. If it ships all the same, simply refuse it at the door: the refund starts when it is back with us.',
    'ORD-1 RET-2',
    { look: parcel('being packed', 'Warehouse, 20 minutes ago', 'Cairn 28 daypack', 119) },
  ),
  ask(
    'When will the back-ordered stove in {o} ship?',
    'The estimate is the week after next, and it is updated every Monday in your account. You have not been charged yet; that happens when it ships. You can cancel at any time before.',
    'ORD-2 SHP-1',
    { look: parcel('back-ordered', 'none yet', 'Ember gas stove', 84) },
  ),
  ask(
    'Why was I not charged for {o} yet? I am worried it will be cancelled.',
    'Your place in the queue is safe. The stove is on back-order, and we charge it only when it ships. Nothing needs to be done from your side.',
    'ORD-2 PAY-3',
    { look: parcel('back-ordered', 'none yet', 'Ember gas stove', 84) },
  ),
  ask(
    'My tent from {o} arrived with a snapped pole. I leave on Saturday and just want a refund.',
    'A pole that arrives broken should not happen, and I am sorry about the timing. The tent cost 289 dollars, which is more than I may refund on my own, so the returns desk decides within one working day. You will get an e-mail as soon as they have approved it.',
    'RET-5 WAR-1',
    { look: parcel('delivered', 'Front door, today', 'Halden 2 tent', 289), refund: 289 },
  ),
  ask(
    'Refund the whole of {o} please, all four duffels came in the wrong colour.',
    'All four are indeed slate instead of moss. The total of 556 dollars is above what I may refund directly, so I have passed it to the returns desk with your photos. They answer within one working day, and you need not send anything back before that.',
    'RET-5 RET-1',
    { look: parcel('delivered', 'Reception, yesterday', 'Tarn duffel, 4 pieces', 556), refund: 556 },
  ),
  ask(
    'The mugs in {o} are chipped, can I have the money back?',
    'Of course. Chipped on arrival counts as faulty, and I have asked for 36 dollars back, which was approved. You can keep the mugs; no return is needed for enamel.',
    'RET-3 RET-2',
    { look: parcel('delivered', 'Front door, today', 'Camp mug set', 36), refund: 36 },
  ),
  ask(
    'Half of my order {o} was paid by gift card. Where does the refund go?',
    'It is split in the same way: 60 dollars return to your card and 50 dollars come as a new gift card in your Wallet. Both start when the warehouse scans your parcel, and the card part takes up to five working days.',
    'PAY-1 RET-2',
    { look: parcel('return announced', 'Label printed yesterday', 'Sitka rain trousers', 110) },
  ),
  ask(
    'Is express worth it if I order on Saturday morning?',
    'Hardly. Express arrives on the next working day, which for a Saturday order is Monday or Tuesday. Standard delivery would be there on Wednesday or Thursday. If you need it on Monday, order before 14:00 on Friday.',
    'SHP-1 SHP-3',
  ),
  ask(
    'The heel of the left sock has a hole after two weeks. Do you cover socks?',
    'Yes. A hole after two weeks is not normal wear, and socks have the same two years as everything else. Send one photo of both socks and a new pair leaves tomorrow.',
    'WAR-1 WAR-2',
  ),
  ask(
    'My shell jacket from {o} leaks at the shoulder seam. I would rather have the money than a repair.',
    'A leaking seam is covered, and you may choose. The jacket cost 249 dollars, which is above my limit, so the returns desk has to approve the refund; they answer within one working day. If they take longer, reply here and I will follow up.',
    'RET-5 WAR-1',
    { look: parcel('delivered', 'Front door, five weeks ago', 'Skarv shell', 249), refund: 249 },
  ),
  ask(
    'I never opened the head torch in {o}. Still possible to return after a month?',
    'Yes, you have 45 days, and yours end in two weeks. Choose Start a return under Orders. I have already noted the refund of 48 dollars, and it was approved subject to the scan at our warehouse.',
    'RET-1 RET-2',
    { look: parcel('delivered', 'Parcel locker, 31 days ago', 'Lumen head torch', 48), refund: 48 },
  ),
  ask(
    'Can I collect {o} at the depot instead of waiting at home?',
    'Yes. Open the tracking page of the carrier and choose Collect at depot; it is free, and the parcel is kept for seven days. Bring the number and an identity card.',
    'SHP-3 SHP-1',
    { look: parcel('in transit', 'Local depot, this morning', 'Ridge boots', 179) },
  ),
  ask(
    'What happens to my points if I return the poles?',
    'Only the points for the poles go, and since they are still pending you will not notice it in your balance. Points from other orders stay. A voucher you have already used is not taken back.',
    'ACC-1 RET-1',
  ),
]

/** One customer, three turns, in one session: each trace carries the turns before it. */
export const conversation = [
  ask(
    'Hi, I bought the Halden 2 in {o} and one of the pegs is bent. Can I get a new one?',
    'Yes, we send a new peg for free. It leaves tomorrow by letter post and needs about three days. I only need to know which kind it is: the short ones are for the fly, the long one is for the ridge line.',
    'WAR-1 WAR-2',
    { look: parcel('delivered', 'Front door, last Tuesday', 'Halden 2 tent', 289) },
  ),
  ask(
    'It is the long one. Could you also tell me if it is fine to leave the tent pitched all summer?',
    'Noted, one long peg. For a whole summer I would not: sunlight weakens the coating after about eight weeks, and damage from the sun is not covered by the warranty. Taking it down between trips, dry and loosely packed, doubles its life.',
    'WAR-1 CAR-1',
  ),
  ask(
    'Good to know. Can the peg go to my office instead? Same order.',
    'Yes. The tent has long been delivered, so only the letter is concerned, and it is not packed yet. Enter the office address under Orders with Edit address before six this evening.',
    'SHP-3 SHP-1',
    { look: parcel('delivered', 'Front door, last Tuesday', 'Halden 2 tent', 289) },
  ),
]

/** A warranty claim with a photo. */
export const photoTicket = ask(
  'This is what the hem of my jacket looks like after ten days. Is that covered? Order {o}.',
  'Yes, it is. The photo shows the seam tape coming loose along the hem, which is a fault in the lamination and not wear. Choose Warranty in your account, and a new jacket leaves as soon as the label is scanned.',
  'WAR-1 RET-4',
  { look: parcel('delivered', 'Front door, ten days ago', 'Skarv shell', 249) },
)

/** How version 6 ends its answers; version 7 names the article and the next step is in the text. */
export const closings = [
  'Is there anything else I can help you with?',
  'Just write again if something is unclear.',
  'Have a good day, and enjoy the trail.',
  'I am happy to help with anything else.',
]
