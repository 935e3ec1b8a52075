"""What a file says about products, read and checked; only what it says: a missing column changes nothing."""

from msgspec import Struct, field

Value = str | int | bool | None

# The fields that a file can state, in the order in which differences are told.
FIELDS = (
    "sku",
    "name",
    "option_names",
    "option_label",
    "category",
    "description",
    "kind",
    "price",
    "currency",
    "image_url",
    "digital_content",
    "low_stock_at",
    "archived",
)


class Wanted(Struct):
    """One product or variant of the file. `values` holds the stated FIELDS; a product with variants has no quantity.

    `quantity` is None when the file does not say it. `stock_at_export` is what the quantity was when we exported it.
    `known_as` is another SKU under which an earlier import may have stored it. `guessed`: the file gives no SKU, it was
    made from the name, so it only means a product of that very name.
    """

    line: int
    sku: str
    values: dict[str, Value]
    quantity: int | None = None
    stock_at_export: int | None = None
    variants: list["Wanted"] = field(default_factory=list)
    is_parent: bool = False
    known_as: str | None = None
    guessed: bool = False

    @property
    def name(self) -> str:
        """The name, or the SKU where the file leaves the name out."""
        return str(self.values.get("name") or self.sku)

    @property
    def statement(self) -> str | None:
        """What the file says about the stock, to be recognised when the same file comes again."""
        if self.quantity is None:
            return None
        return str(self.quantity) if self.stock_at_export is None else f"{self.quantity} was {self.stock_at_export}"
