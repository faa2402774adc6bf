"""The words of the demo's stories. Nobody said them; the people in them were never ill, since they never were."""

from typing import Any

from almoner.demo.building import paragraphs

Body = list[tuple[str, Any]]


def quote(words: str, speaker: str) -> tuple[str, dict[str, Any]]:
    """A pull quote in somebody's own words."""
    return "quote", {
        "quote": words, "manner": "direct", "person": None, "speaker": speaker, "role_then": "", "said_on": None,
    }  # fmt: skip


THE_CALL: Body = [
    (
        "text",
        paragraphs(
            "“I had a folder,” says Juniper. “It was as thick as a loaf.” Inside were letters from five clinics. Each "
            "had looked at one part of her and found it in good order. She had stopped telling her sister about the "
            "flushes, because she could hear herself sounding dull.",
            "The scan that settled it was booked by mistake. A locum had ticked the wrong box. Eight days later, while "
            "the letter was still in the post, the telephone rang.",
        ),
    ),
    quote("She said: I know that you have not read it yet, so shall we read it together?", "Juniper A."),
    (
        "text",
        "<h2>Forty minutes</h2>"
        + paragraphs(
            "The nurse had the letter in front of her. She read out one line at a time and asked after each what "
            "Juniper had heard. It took forty minutes. At the end there was a name for it, a date, and a number that "
            "is answered until six.",
            "Juniper still has the folder. The nurse asked to borrow it, and went through it with a pencil. It has "
            "three sheets in it now.",
        ),
    ),
]

TWENTY_MINUTES: Body = [
    (
        "text",
        paragraphs(
            "Every eighth week Bram got up at four. His neighbour drove him to the first ferry, a bus took him to the "
            "train, and by eleven he was in a chair with a needle in his arm. The treatment took less than an hour.",
            "“Then you do it all again, backwards, and you feel like a wet coat,” he says. Twice he got off the train "
            "and sat on a platform until he could stand.",
        ),
    ),
    quote("My wife asked what I did all day in the city. I said that mostly I travelled.", "Bram T."),
    (
        "text",
        "<h2>The same needle, another window</h2>"
        + paragraphs(
            "Since the spring the clinic is in the hospital across the water. The crossing takes twenty minutes, and "
            "the ferryman knows him. Bram is home for dinner. He has begun to keep bees again, because bees do not "
            "mind whether you sit down.",
        ),
    ),
]

THE_FREEZER: Body = [
    (
        "text",
        paragraphs(
            "After her operation somebody in green asked Lowenna a question that nobody had asked before. Might they "
            "keep a little of what had been taken out, for people who were not born yet?",
            "She said yes at once, and then lay awake wondering what she had agreed to. So she wrote to the "
            "laboratory. They wrote back, and asked whether she would like to come and see.",
        ),
    ),
    quote("It is a very ordinary freezer. It hums. I was moved by it, and I cannot tell you why.", "Lowenna S."),
    (
        "text",
        "<h2>Still asking</h2>"
        + paragraphs(
            "Her samples have been looked at three times since then, each time by somebody with another question. She "
            "gets a postcard when that happens. It says what was asked, and never more than is known.",
            "“They told me that it may come to nothing,” she says. “I taught for thirty years. I know about things "
            "that take a while.”",
        ),
    ),
]

WEDNESDAYS: Body = [("text", paragraphs("Tansy took the seat by the window, and brought a book that she never read."))]
THE_BOAT: Body = [("text", paragraphs("Merrin sold the boat in March. In September he bought it back."))]
