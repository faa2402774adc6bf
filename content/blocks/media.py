"""Pictures. What is in one is said in words, or it is marked as decoration."""

from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class PictureBlock(blocks.StructBlock):
    """A picture with its caption and credit."""

    image = ImageBlock()
    caption = blocks.CharBlock(max_length=200, required=False)

    class Meta:
        icon = "image"
        label = "Picture"
        description = "A picture, with words for those who do not see it."
        template = "content/blocks/picture.html"
        preview_value = {"image": None, "caption": "The harbour at seven in the morning"}
