"""The words of the codes to come back with: easy to say, none a letter away from another."""

WORDS = tuple(
    """
acorn album alloy almond anchor ankle apple apron arrow aspen atlas attic autumn badger baker
banjo barge barley basil basket beacon bean bell bench birch biscuit blanket blossom bluebell
bobbin bonnet boot bottle boulder bowl bracken bramble branch brass bread breeze brick broom
brush bubble bucket buckle bugle butter button cabbage cabin cactus calendar camel camera canal
candle canoe canvas canyon captain caravan carpet cart castle catkin cedar celery cello chalk
chapel charm cheese cherry chest chestnut chimney chorus cinema circle circus clay cliff clock
cloud clover cobble cocoa coin collar comet compass copper coral cottage cotton cradle crane
crayon cricket crocus crown crystal cuckoo curtain cushion cymbal daffodil daisy dancer delta
denim desert desk diamond dinner dolphin domino donkey door dragon drawer drum duck dune eagle
easel echo eclipse elbow elder ember emerald engine envelope estuary fable falcon farm fence
fern ferry fiddle field finch fjord flag flannel flask fleece flint flower flute forest fork
fossil frame freckle frost fruit galaxy gallery garden garlic garnet gate gazelle geese giant
ginger giraffe glacier glass glove goat gold goose granite grape gravel guitar gull hammock
hamper harbour harp harvest hawk hazel heart heather hedge helmet heron hinge holly honey
horizon horn horse island ivory jacket jasmine jelly jewel jigsaw juice jumper jungle juniper
kayak kernel kitchen kite knot koala ladder lagoon lake lamp lantern larch lark lattice laurel
lavender leaf lemon lentil letter lever library lilac lily lime linen lion lizard lobster lodge
lotus lupin magnet magpie mango maple marble market marsh mask meadow medal melody melon mill
mint mirror mitten mole moon mosaic moss motor mountain mouse museum music mustard napkin needle
nest nettle noodle north nutmeg oasis oboe ocean olive onion opal orbit orchard orchid otter
oven oyster paint palace palm panda paper parcel parrot parsley path patio peach peacock pearl
pebble pelican pencil penguin pepper petal piano picnic pigeon pilot pipe planet plate plum poem
pony poplar poppy potato pottery primrose prism puddle puffin pumpkin puppet purse puzzle quarry
quartz quilt rabbit raft rainbow raisin raven reed ribbon rice ridge ring river robin rocket
roof rose rowan ruby rudder ruler saddle saffron sage sail salmon salt sand sandal satchel
saucer scarf school scooter seal shadow shed sheep shell ship shoe silk silver skate sledge
slipper snow sock sofa soup spade spark sparrow spider spiral sponge spoon square squirrel
stable stamp star statue stone stool storm straw stream street string sugar summer swan sweater
swing tailor tangle teapot temple tent thimble thread thunder ticket tiger timber toast toffee
tomato torch tortoise tower tractor train tram treasure tree trellis triangle trumpet trunk
tulip tunnel turnip turtle twig umbrella valley vase velvet village vine violet violin voyage
waffle wagon walnut walrus water wave weaver whale wheat wheel whistle willow window winter wolf
wool wren yacht yarn zebra zinc
""".split()  # noqa: SIM905 (467 words in quotes would be hard to read)
)
