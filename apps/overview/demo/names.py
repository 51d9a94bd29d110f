"""Invented names from several cultures. Given and family names are combined by chance; no real person is meant."""

from collections.abc import Iterator
from dataclasses import dataclass

from apps.overview.demo.chance import chance


@dataclass(frozen=True)
class Culture:
    """Names that occur together, and the language somebody with them may prefer."""

    language: str
    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]


@dataclass(frozen=True)
class Name:
    given: str
    family: str
    language: str


CULTURES = (
    Culture(
        "en",
        ("Harriet", "Joan", "Alison", "Beth", "Megan", "Imogen", "Rosalind"),
        ("Giles", "Martin", "Callum", "Adrian", "Rhys"),
        ("Ashworth", "Birchall", "Cotterill", "Denholm", "Fairbrother", "Garside", "Hollis", "Penrose", "Winstanley"),
    ),
    Culture(
        "cy",
        ("Eleri", "Nerys", "Ffion", "Carys"),
        ("Iolo", "Emyr", "Gethin"),
        ("Prydderch", "Gwilym", "Bowen", "Llewelyn"),
    ),
    Culture(
        "en",
        ("Adaeze", "Folake", "Ngozi", "Temitope", "Akosua"),
        ("Chidi", "Kwabena", "Tunde"),
        ("Adebayo", "Eze", "Boateng", "Nwosu", "Ogunleye", "Asante"),
    ),
    Culture(
        "ur",
        ("Amina", "Saima", "Nadia", "Rukhsana"),
        ("Bilal", "Imran", "Tariq"),
        ("Chaudhry", "Malik", "Qureshi", "Siddiqui"),
    ),
    Culture(
        "en",
        ("Priya", "Lakshmi", "Meera", "Anjali", "Kavita"),
        ("Arjun", "Ravi", "Sanjay"),
        ("Iyer", "Banerjee", "Chauhan", "Deshmukh", "Nair", "Rao"),
    ),
    Culture(
        "es",
        ("Marta", "Lucía", "Pilar", "Inés", "Rocío"),
        ("Álvaro", "Iker", "Joaquín"),
        ("Aguirre", "Benítez", "Castaño", "Olmedo", "Zabala"),
    ),
    Culture(
        "pl",
        ("Agnieszka", "Małgorzata", "Zofia", "Halina"),
        ("Krzysztof", "Paweł", "Łukasz"),
        ("Wójcik", "Mazur", "Zając", "Kozieł"),
    ),
    Culture(
        "sv",
        ("Astrid", "Ebba", "Linnéa", "Märta"),
        ("Björn", "Gustav", "Nils"),
        ("Åkesson", "Bergqvist", "Forslund", "Sjöström"),
    ),
    Culture(
        "tr",
        ("Ayşe", "Elif", "Gülay", "Zeynep"),
        ("Emre", "Hakan", "Onur"),
        ("Aydın", "Demirci", "Korkmaz", "Yıldırım"),
    ),
    Culture(
        "ar",
        ("Layla", "Huda", "Samira", "Yasmin"),
        ("Karim", "Omar", "Ziad"),
        ("Al-Khatib", "Haddad-Nasr", "Mansour", "Saleh"),
    ),
    Culture(
        "uk",
        ("Oksana", "Iryna", "Kateryna"),
        ("Andriy", "Mykola"),
        ("Bondarenko", "Kovalchuk", "Melnyk", "Tkachenko"),
    ),
    Culture(
        "zh",
        ("Li Na", "Mei Ling", "Xiaoyan", "Yuting"),
        ("Guowei", "Jianhua", "Zhiming"),
        ("Cheung", "Fong", "Ouyang", "Zhao"),
    ),
    Culture(
        "pt",
        ("Beatriz", "Graça", "Leonor"),
        ("Duarte", "Tiago"),
        ("Carvalhal", "Figueira", "Nóbrega", "Teles"),
    ),
)


def names(sex: str) -> Iterator[Name]:
    """Different names without end for one sex, evenly from all cultures; no combination comes twice."""
    used: set[tuple[str, str]] = set()
    dice = chance("names", sex)
    while True:
        for culture in CULTURES:
            givens = culture.female if sex == "female" else culture.male
            pair = (dice.choice(givens), dice.choice(culture.family))
            if pair in used:
                continue
            used.add(pair)
            speaks = culture.language if dice.random() < 0.3 else "en"
            yield Name(*pair, speaks)
