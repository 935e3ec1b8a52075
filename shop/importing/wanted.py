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
    "attributes",
    "texts",
    "tax_class",
    "weight",
    "kind",
    "price",
    "sale_price",
    "sale_from",
    "sale_until",
    "currency",
    "image_url",
    "photo",
    "more_images",
    "digital_content",
    "low_stock_at",
    "archived",
    "draft",
)


class Wanted(Struct):
    """One product or variant of the file. `values` holds the stated FIELDS; a product with variants has no quantity.

    `quantity` is None when the file does not say it. `stock_at_export` is what the quantity was when we exported it.
    `given`: the SKU is the file's word. `made` is the SKU that we would give it, the same for the same product in every
    file. `known_as` are other SKUs under which an earlier import may have stored it. `guessed`: the SKU says too little
    (it was made from a name, or others share it), so it only means a product of that very name, and that product keeps
    the SKU it has.
    """

    line: int
    sku: str
    values: dict[str, Value]
    quantity: int | None = None
    stock_at_export: int | None = None
    variants: list["Wanted"] = field(default_factory=list)
    is_parent: bool = False
    made: str = ""
    given: bool = True
    known_as: tuple[str, ...] = ()
    guessed: bool = False
    owner: int | None = None  # Telegram id of the seller, where the file names one; 0 is the shop itself

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


def everything(wanted: list[Wanted]) -> list[Wanted]:
    """The products and their variants, each product before its variants."""
    return [one for top in wanted for one in (top, *top.variants)]
