"""Words that LimeSurvey's own interface shows and a file does not hold, in several languages."""

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias, get_args

from surveys.questionnaire import Text

Word: TypeAlias = Literal[
    "yes",
    "no",
    "uncertain",
    "increase",
    "same",
    "decrease",
    "female",
    "male",
    "comment",
    "page",
    "answer",
]

_ORDER: tuple[Word, ...] = get_args(Word)
_SAID: Mapping[str, str] = {
    "en": "Yes|No|Uncertain|Increase|Same|Decrease|Female|Male|your comment|Page|your answer to",
    "cy": "Ydw|Nac ydw|Ansicr|Cynyddu|Yr un fath|Gostwng|Benyw|Gwryw|eich sylw|Tudalen|eich ateb i",
    "ar": "نعم|لا|غير متأكد|زيادة|كما هو|نقصان|أنثى|ذكر|تعليقك|صفحة|إجابتك عن",
    "de": "Ja|Nein|Unsicher|Zunahme|Gleich|Abnahme|Weiblich|Männlich|Ihr Kommentar|Seite|"
    "Ihre Antwort auf",
    "es": "Sí|No|Dudoso|Aumentar|Igual|Disminuir|Femenino|Masculino|su comentario|Página|"
    "su respuesta a",
    "fr": "Oui|Non|Incertain|Augmenter|Sans changement|Diminuer|Féminin|Masculin|"
    "votre commentaire|Page|votre réponse à",
    "it": "Sì|No|Incerto|Aumentare|Uguale|Diminuire|Femmina|Maschio|il suo commento|Pagina|"
    "la sua risposta a",
    "nl": "Ja|Nee|Onzeker|Toename|Gelijk|Afname|Vrouw|Man|uw opmerking|Pagina|uw antwoord op",
    "pl": "Tak|Nie|Niepewny|Wzrost|Bez zmian|Spadek|Kobieta|Mężczyzna|Twój komentarz|Strona|"
    "Twoja odpowiedź na",
    "pt": "Sim|Não|Incerto|Aumentar|Igual|Diminuir|Feminino|Masculino|seu comentário|Página|"
    "sua resposta a",
}
_WORDS: Mapping[str, Mapping[Word, str]] = {
    language: dict(zip(_ORDER, said.split("|"), strict=True)) for language, said in _SAID.items()
}


def word(name: Word, language: str) -> str:
    """The word in `language` (of `de-informal`: German), else in English."""
    return _WORDS.get(language.partition("-")[0].lower(), _WORDS["en"])[name]


def worded(name: Word, languages: Iterable[str]) -> Text:
    """The word in each of the languages; a plain string where there is only one."""
    said = {language: word(name, language) for language in languages}
    return said if len(said) > 1 else next(iter(said.values()))
