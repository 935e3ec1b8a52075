"""Records written as the JSON objects of Stripe's API, one module for each kind."""

Json = dict[str, object]
