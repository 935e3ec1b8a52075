"""`python -m app` is `storefront`, for places where nothing was installed."""

from app.cli import main

if __name__ == "__main__":
    main()
