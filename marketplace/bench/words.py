"""German texts out of templates, so that words repeat as they do in a real market."""

from random import Random

from profiles.models import Topic

PLACES = ["Alt", "Neu", "Ober", "Unter", "Wald", "Berg", "See", "Stein", "Linden", "Buch"]
ENDINGS = ["heim", "hausen", "dorf", "berg", "feld", "bach", "stadt", "kirchen", "au", "furt"]
SYLLABLES = ["ka", "lo", "mi", "ru", "ven", "tal", "no", "dex", "pli", "zo", "gra", "ter", "fun"]
THINGS = ["Portal", "Assistent", "Plattform", "Fachverfahren", "Baukasten", "Cockpit", "App"]
OFFICES = ["Bürgerbüro", "Bauamt", "Ordnungsamt", "Sozialamt", "Standesamt", "Kämmerei", "Bauhof"]
TASKS = [
    "nimmt Anträge entgegen", "prüft Unterlagen", "verschickt Bescheide", "plant Termine",
    "wertet Daten aus", "beantwortet Fragen", "verwaltet Akten", "meldet Störungen",
]  # fmt: skip
GAINS = [
    "ohne Papier", "ohne Medienbruch", "in Leichter Sprache", "rund um die Uhr",
    "mit offenen Schnittstellen", "auch auf dem Telefon", "in wenigen Minuten",
]  # fmt: skip
SENTENCES = [
    "{brand} {task} und entlastet so das {office}.",
    "Mit {word} arbeitet das {office} {gain}.",
    "Die Lösung {task}, {gain}.",
    "Einwohner:innen erledigen {word} {gain}.",
    "Das {office} behält den Überblick über {word}.",
    "Eine Einführung dauert {weeks} Wochen, Schulungen sind enthalten.",
]


def brand(chance: Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3)).capitalize()


def title(chance: Random, topic: Topic) -> str:
    return f"{brand(chance)} {chance.choice(THINGS)} {_word(chance, topic)}"[:160]


def tagline(chance: Random, topic: Topic) -> str:
    return f"{_word(chance, topic)} {chance.choice(GAINS)} für das {chance.choice(OFFICES)}."[:200]


def summary(chance: Random, topic: Topic) -> str:
    return " ".join(
        sentence.format(
            brand=brand(chance),
            task=chance.choice(TASKS),
            office=chance.choice(OFFICES),
            gain=chance.choice(GAINS),
            word=_word(chance, topic),
            weeks=chance.randint(2, 30),
        )
        for sentence in chance.sample(SENTENCES, 4)
    )


def _word(chance: Random, topic: Topic) -> str:
    return chance.choice([topic.name_de, *topic.synonyms_de])
