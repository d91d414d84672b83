"""Words that the demo site's products and stories are made of."""

GLAZES = (
    ("Sea Glass", "#7FB7A6"),
    ("Oat", "#D8C9AE"),
    ("Ink", "#22304A"),
    ("Persimmon", "#D9622B"),
    ("Moss", "#6B7B3A"),
    ("Chalk", "#F2EFE6"),
    ("Plum", "#5B2C4B"),
    ("Slate", "#59636B"),
    ("Honey", "#D39B2A"),
    ("Rosehip", "#B23A48"),
)
WARES = (
    ("Espresso Cup", "Cups & Mugs", 14),
    ("Mug", "Cups & Mugs", 22),
    ("Breakfast Bowl", "Bowls", 26),
    ("Serving Bowl", "Bowls", 58),
    ("Dinner Plate", "Plates", 32),
    ("Dessert Plate", "Plates", 24),
    ("Teapot", "Tea & Coffee", 84),
    ("Pour-over Dripper", "Tea & Coffee", 46),
    ("Bud Vase", "Vases", 28),
    ("Floor Vase", "Vases", 140),
    ("Casserole", "Oven & Table", 96),
    ("Butter Dish", "Oven & Table", 38),
    ("Planter", "Garden", 44),
    ("Bird Bath", "Garden", 120),
    ("Candle Holder", "Light", 30),
    ("Table Lamp", "Light", 165),
)
SIZES = ("Small", "Medium", "Large")
CATEGORIES = (
    ("Cups & Mugs", "Tassen & Becher", "For the first coffee and the last tea.", "#D9622B"),
    ("Bowls", "Schalen", "Deep, wide, and good to hold.", "#7FB7A6"),
    ("Plates", "Teller", "Flat enough for toast, proud enough for guests.", "#D8C9AE"),
    ("Tea & Coffee", "Tee & Kaffee", "Everything between kettle and cup.", "#6B7B3A"),
    ("Vases", "Vasen", "For one stem, or for an armful.", "#B23A48"),
    ("Oven & Table", "Ofen & Tisch", "From the oven straight to the table.", "#D39B2A"),
    ("Garden", "Garten", "Frost-proof, rain-proof, cat-tested.", "#59636B"),
    ("Light", "Licht", "Warm light for long evenings.", "#22304A"),
)
MAKERS = (
    ("Ines Duarte", "Lisbon", "throws wide bowls and thin rims"),
    ("Tomasz Zieliński", "Kraków", "fires with wood, four days at a time"),
    ("Maren Holt", "Bergen", "collects seaweed for her ash glazes"),
    ("Yuki Arai", "Mashiko", "has made the same teapot for thirty years"),
    ("Léa Fontaine", "Vallauris", "paints birds, never the same one twice"),
    ("Oskar Lindqvist", "Malmö", "builds lamps from slabs of dark clay"),
    ("Amara Okafor", "Lagos", "coils floor vases taller than herself"),
    ("Pia Brunner", "Graz", "digs her clay behind the house"),
    ("Mateo Ruiz", "Oaxaca", "burnishes red clay with river stones"),
    ("Siân Pritchard", "Cardiff", "makes plates for restaurants and for Sundays"),
    ("Niko Papadakis", "Chania", "turns planters the size of barrels"),
    ("Greta Vos", "Utrecht", "presses leaves into every lid"),
)
FINISHES = ("Glossy", "Matt", "Speckled", "Raw")
MOODS = ("How it is made", "At the table", "Visits", "Care & repair")
STORIES = (
    "A kiln that never cools",
    "What seaweed does to a glaze",
    "Breakfast, but slower",
    "The teapot that does not drip",
    "Four days by the fire",
    "How to mend a chipped rim",
    "A visit to Chania",
    "Plates for Sundays",
    "Why our whites are not white",
    "The smallest vase we sell",
    "Clay from behind the house",
    "Lamps for long evenings",
    "A bowl for every season",
    "Letters from Mashiko",
    "Packing without plastic",
    "The leaf in the lid",
    "Frost, and what survives it",
    "Red clay, river stones",
)
