"""What Stripe's API is, at exactly the version that the installed `stripe` package sends.

That package is generated from Stripe's own specification, so it is read as text, never executed:

shapes.py    what a value may look like, and how a value is compared with it
library.py   reads the package's classes into shapes, each when it is first asked for
routes.py    which method and path take which parameters and answer with which class
"""

from stripe_standin.specification.library import LIBRARY, VERSION, Library
from stripe_standin.specification.routes import Route, Routes
from stripe_standin.specification.shapes import Fault, Field, Shape, smallest

__all__ = ["LIBRARY", "VERSION", "Fault", "Field", "Library", "Route", "Routes", "Shape", "smallest"]
