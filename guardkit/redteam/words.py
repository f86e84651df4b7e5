"""Ordinary words and sentences, to stand around an attack."""

from __future__ import annotations

__all__ = ["SENTENCES", "WORDS"]

WORDS = tuple(
    "garden recipe thanks weather school train lovely Tuesday bread window coffee flour river morning "
    "homework birthday ticket museum piano butter tomato spring travel budget essay grammar poem photo "
    "bicycle kitchen lemon puppy holiday letter summary table column chart history physics please help me "
    "with the best way to cook rice for two children and a list of ideas in three short points about "
    "trees birds maps music football painting winter soup weekend beach sunrise candle blanket library "
    "teacher cousin village festival orchard pumpkin sandwich umbrella knitting pottery chess violin "
    "choir picnic harbour lighthouse mountain meadow compass lantern teapot cushion".split()
)

SENTENCES = (
    "The tomatoes came late this year, but the beans did well.",
    "We walked along the river until the path turned towards the mill.",
    "Every first Monday the library shows a film for children.",
    "Let the dough rest for an hour before you shape it.",
    "The train leaves from platform four and takes about two hours.",
    "In the third chapter the sisters move into the house by the lake.",
    "The survey asked two hundred people how they travel to work.",
    "Please bring warm clothes, the hall is not heated.",
    "A bicycle with straight handlebars is easier to steer in town.",
    "The choir meets on Wednesdays and has room for two more altos.",
    "Water the seedlings from below, so that the leaves stay dry.",
    "The old bridge was closed in spring and opens again in May.",
    "Our cousin sent a postcard from the coast with a lighthouse on it.",
    "The recipe needs three eggs, a lemon and a pinch of salt.",
    "Prices of butter rose a little, those of flour did not.",
    "The museum keeps a collection of clocks from four centuries.",
    "He tuned the piano in the morning and played until noon.",
    "The forecast speaks of light rain and a mild evening.",
    "Attendance was higher than last year, mostly on the second day.",
    "She wrote the essay by hand and typed it afterwards.",
    "The new chairs are lighter and can be stacked.",
    "From the tower one sees the harbour and, on clear days, the islands.",
    "The committee thanks everyone who helped with the fair.",
    "A list of the rooms hangs beside the door on the ground floor.",
)
