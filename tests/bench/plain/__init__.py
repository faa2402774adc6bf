"""What the product is measured beside: plain SQL, a plain WSGI application, plain Django."""
