"""The words of which titles, people and places are made. All invented; likeness is chance."""


def _several(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


FIRST = _several("""
    Amber, Paper, Silent, Crooked, Velvet, Hollow, Distant, Copper, Frozen, Golden, Borrowed,
    Restless, Broken, Hidden, Ivory, Lonely, Midnight, Northern, Patient, Quiet, Rusty, Scarlet,
    Seventh, Sleeping, Stolen, Sunken, Tender, Thirsty, Twisted, Unwritten, Wandering, Wicked,
    Winter, Yellow, Brazen, Clockwork, Drowsy, Emerald, Faithful, Gentle
""")
SECOND = _several("""
    Lighthouse, Orchard, Harbour, Compass, Meadow, Ferry, Lantern, Violin, Cartographer, Beekeeper,
    Juggler, Glacier, Carousel, Archive, Baker, Canal, Chimney, Falcon, Garden, Island, Kitchen,
    Letter, Mirror, Oracle, Pilot, Quarry, River, Shepherd, Tailor, Umbrella, Valley, Weaver,
    Xylophone, Almanac, Balloon, Cellar, Dynamo, Engine, Fountain, Gondola
""")
PEOPLE = _several("""
    teacher, locksmith, sailor, gardener, botanist, clerk, drummer, painter, nurse, cook, surveyor,
    twin, mayor, plumber, poet
""")
GIVEN = _several("""
    Ada, Bram, Chidi, Daria, Emeka, Fenna, Goran, Hanna, Imre, Jola, Kofi, Lotte, Milan, Nadia,
    Omar, Petra, Quirin, Rosa, Sven, Tamar, Ulla, Vito, Wanda, Xenia, Yusuf, Zoe
""")
FAMILY = _several("""
    Abelson, Brandt, Castell, Dekker, Ekholm, Fontein, Grau, Hallberg, Ibsenius, Jansky, Kowalik,
    Lindqvar, Moresi, Nilsen, Okoro, Pavlik, Quast, Rindell, Sorek, Tillman, Ulvaeson, Verbeek,
    Wolters, Xander, Yilmar, Zeman
""")
CATEGORIES = _several("""
    Adventure, Animation, Biography, Comedy, Crime, Documentary, Drama, Family, Fantasy, History,
    Horror, Music, Mystery, Romance, Science Fiction, Sport
""")
COUNTRIES = _several("""
    Argentina, Australia, Belgium, Brazil, Canada, Denmark, Egypt, Finland, Ghana, India, Japan,
    Kenya, Mexico, Netherlands, Norway, Poland, Spain, Sweden, United Kingdom, United States
""")
STREETS = _several("""
    Mill Lane, Station Road, Skyline Drive, Canal Street, Orchard Avenue, Harbour Walk, Chapel Row,
    Market Square
""")
PLACES = _several("""
    ford, haven, stead, bridge, mouth, field, holm, wick
""")
DISTRIBUTORS = _several("""
    amazon prime, google play, apple itunes, vudo, fandango now, microsoft, youtube
""")
PLATFORMS = _several("""
    ios, android, xbox, playstation, smart tv, other
""")
STATES = _several("""
    Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida,
    Georgia, Hawaii, Idaho, Illinois, Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland,
    Massachusetts, Michigan, Minnesota, Mississippi, Missouri, Montana, Nebraska, Nevada, New
    Hampshire, New Jersey, New Mexico, New York, North Carolina, North Dakota, Ohio, Oklahoma,
    Oregon, Pennsylvania, Rhode Island, South Carolina, South Dakota, Tennessee, Texas, Utah,
    Vermont, Virginia, Washington, West Virginia, Wisconsin, Wyoming
""")
RATINGS = ("G", "PG", "PG-13", "R", "NC-17")
FEATURES = ("Trailers", "Commentaries", "Deleted Scenes", "Behind the Scenes")
PLOTS = (
    "A {a} and a {b} must find each other before the last train.",
    "Nobody believes the {a}, until the {b} is gone.",
    "A story of a {a}, a {b}, and one very long summer.",
    "The {a} has a plan, and the {b}, as always, knows better.",
)
