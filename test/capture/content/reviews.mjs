/** Fourteen nights, fourteen products: what buyers wrote and what the summariser made of it. */
const night = (product, reviews, summary) => ({ product, reviews, summary })

export const nights = [
  night(
    'Cairn 28 daypack',
    [
      'Sits close to the back even when full. The side pockets are a bit tight for a one litre bottle.',
      'Carried it for two weeks in the Dolomites, no sore shoulders.',
      'Wish the rain cover were included.',
    ],
    'Buyers praise the close, comfortable fit on long days. Two wishes stand out: looser bottle pockets and a rain cover in the price.',
  ),
  night(
    'Ridge boots',
    [
      'Blisters on day one, perfect from day three.',
      'Very narrow. Sent them back for the Wide and those are great.',
      'Grip on wet rock is better than on my old pair.',
    ],
    'Grip is excellent and the boots need a few days of breaking in. Narrow fit is the main complaint; wide feet are happy with the Ridge Wide.',
  ),
  night(
    'Skarv shell',
    [
      'Four hours of Scottish rain and dry inside.',
      'The hood fits over a helmet, but the peak is floppy in wind.',
      'Sleeves long enough at last.',
    ],
    'Reliably waterproof with a good length in the sleeves. The hood takes a helmet, though its peak could be stiffer.',
  ),
  night(
    'Halden 2 tent',
    [
      'Up in five minutes alone.',
      'Two people and two packs fit if you like each other.',
      'One peg was bent out of the bag.',
    ],
    'Quick to pitch alone and honest about its space: two people without much luggage. One report of a bent peg on arrival.',
  ),
  night(
    'Merino crew sock 3-pack',
    ['Four days, no smell.', 'Lost some shape after the tenth wash.', 'Warm but not sweaty.'],
    'Warm and resistant to odour over several days. One buyer sees them lose shape after many washes.',
  ),
  night(
    'Lumen head torch',
    ['Bright enough for trail running.', 'The strap slips without a hat.', 'Charge lasts three evenings.'],
    'Bright, with a battery that lasts about three evenings. The strap may slip on bare hair.',
  ),
  night(
    'Fjell fleece',
    [
      'My favourite for the office and for the hut.',
      'Pills a little under the pack straps.',
      'Runs warm, size is true.',
    ],
    'Warm, true to size and worn everywhere. Some pilling where pack straps rub.',
  ),
  night(
    'Tarn waterproof duffel',
    ['Fell off a canoe, contents dry.', 'Heavy for its size, but it will outlive me.', 'The zip is stiff in the cold.'],
    'Truly waterproof and very sturdy. Its weight and a zip that is stiff in the cold are the price for that.',
  ),
  night(
    'Ember gas stove',
    ['Boils half a litre in under three minutes.', 'Hard to light with gloves.', 'Stable on uneven ground.'],
    'Fast and stable. The igniter is fiddly with gloves.',
  ),
  night(
    'Carbon trekking poles',
    ['Light as nothing.', 'One section slips when it is below zero.', 'Handles are comfortable on long descents.'],
    'Very light with comfortable handles. One report of a slipping lock in frost should be watched.',
  ),
  night(
    'Sitka rain trousers',
    ['The full side zip means boots can stay on.', 'Noisy when walking.', 'The knees are cut well for climbing.'],
    'Practical full side zips and a good cut at the knee. The fabric rustles.',
  ),
  night(
    'Camp mug set',
    [
      'Survived my children.',
      'Enamel chipped in transit, replaced at once.',
      'Keeps coffee warm for ten minutes, as enamel does.',
    ],
    'Robust and pretty. One set arrived chipped and was replaced quickly.',
  ),
  night(
    'Trail gaiters',
    ['No more stones in the shoes.', 'The hook bends if you step on it.', 'They dry within an hour.'],
    'They keep stones out and dry fast. The lace hook can bend.',
  ),
  night(
    'Down sleeping bag 400',
    ['Warm at minus four.', 'Packs smaller than my bottle.', 'The zip catches the inner fabric now and then.'],
    'Warm and small when packed. The zip sometimes catches the lining.',
  ),
]
