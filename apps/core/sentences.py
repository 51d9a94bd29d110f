"""Words as they stand inside a sentence."""


def name_in_sentence(label: str) -> str:
    """The field's label as it stands inside a sentence: "Date of birth" -> "date of birth", "PHQ-9 total" stays."""
    name = label.strip().rstrip("?:")
    rest_of_word = name.split(" ")[0][1:]
    return name[:1].lower() + name[1:] if rest_of_word.islower() else name
