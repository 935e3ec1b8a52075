"""What a list is told about, in every language: why it, or a row of it, cannot be used, and how it was understood."""

from collections.abc import Mapping

from bot.words import Words, mark
from shop.importing import Note, Problem, Said

# every sentence of shop/importing; a test holds that none is missing
SENTENCES: frozenset[str] = frozenset(
    {
        mark("SKUs that are too long are cut, with a checksum behind them"),
        mark("a bundle of other products"),
        mark("a cell is longer than {longest_field} characters"),
        mark("a group of other products: they are sold one by one here"),
        mark("a list of customers"),
        mark("a list of orders"),
        mark("a product has at least one and at most {most_variants} variants"),
        mark("a product has at most {most_photos} pictures: further ones are left out"),
        mark("a product has at most {most_variants} variants"),
        mark("a product is in one category here: the first one of the file"),
        mark("a quote is opened here and never closed"),
        mark("a subscription: those are not sold here"),
        mark("a variation that fits any value comes as one for each, which share its stock"),
        mark("an external product: it is sold on another site"),
        mark("another list of this seller is on its way; try again in a minute"),
        mark("archived products are not on sale: archived here"),
        mark("categories deeper than {levels} levels end at the {levels}th"),
        mark("columns that say nothing here are left out: {names}{more}"),
        mark("descriptions longer than {description_limit} characters are cut"),
        mark("did you mean {column}?"),
        mark("drafts, private and hidden products are not on sale: not published here"),
        mark("drafts, unlisted and unpublished products are not on sale: not published here"),
        mark("fits any {empty}: write a row for each"),
        mark("gift cards come as ordinary goods: whoever sells them sends the code"),
        mark("hidden products are not on sale: not published here"),
        mark("it is a PDF"),
        mark("it is a picture"),
        mark("it is a zip archive, not an Excel workbook: unpack it first"),
        mark("it is an old Excel workbook: save it as .xlsx or CSV (UTF-8)"),
        mark("it is compressed: unpack it first"),
        mark("it is empty"),
        mark("known are {names}."),
        mark("larger than {largest_file} MB"),
        mark("names longer than {name_limit} characters are cut; the whole name begins the description"),
        mark("neither a SKU nor a name: which product is it?"),
        mark("no row has the product {parent} that this is a variation of"),
        mark("no row of this file has the SKU {above}"),
        mark("no row of {handle} has a title"),
        mark("no row of {handle} is the product itself"),
        mark("not a CSV file, {what}"),
        mark("not a photo of our own export: leave it as it was exported"),
        mark("not a text file"),
        mark("not {name} text: save the file as CSV (UTF-8)"),
        mark("nothing of it can be used"),
        mark("of stocks that are no whole number the whole units are taken"),
        mark("of the {n} sheets of the workbook {sheet} is read"),
        mark("options longer than {label_limit} characters are cut"),
        mark("quantities below 0 (oversold there) are taken as 0: sold out until /restock"),
        mark("rows that cannot be used refuse the whole file, as --strict asks"),
        mark("SKUs like 8.50E+11 were made by a spreadsheet: write that column as text, and export the file again"),
        mark("sale prices that are not below the price are left out"),
        mark("sales that end before they begin are left out"),
        mark("several goods share a SKU in the file: each has one of its own here"),
        mark("the SKU {sku} belongs to {name} in the shop"),
        mark("the SKU {sku} is a variant of {name} in the shop"),
        mark("the SKU {sku} is already on line {line}"),
        mark("the catalogue was changed by somebody else at the same moment; try again"),
        mark("the cell {coordinate} holds the error {text}"),
        mark("the column {column} would be lost: {hint} Rename it, or take it out"),
        mark("the file states no quantity: 1 product is sold out until /restock"),
        mark("the file states no quantity: {n} products are sold out until /restock"),
        mark("the handle is missing: to which product does the row belong?"),
        mark("the line with the names of the columns cannot be read"),
        mark("the name is missing"),
        mark("the option of this variant is missing"),
        mark("the price is 0: nobody could pay it"),
        mark("the price is missing"),
        mark("the product has this option already"),
        mark("the product it belongs to has no price"),
        mark("the status {status} is unknown: such products are not on sale"),
        mark("the variant {label} is already on line {line}"),
        mark("the workbook holds what no workbook holds: save it again with Excel or LibreOffice"),
        mark("the workbook is damaged here: open it and save it again"),
        mark("the workbook is damaged: it holds a part twice"),
        mark("the workbook is damaged: its end is missing"),
        mark("the workbook is damaged: open it and save it again"),
        mark("the workbook is damaged: there is no cell {place}"),
        mark("the workbook is locked by a password: save it without one"),
        mark("the workbook is too large"),
        mark("there is no product in it"),
        mark(
            "these columns say nothing about products: {given}. Nearest is {called}; it lacks {missing}. Read "
            "are the product exports of Shopify, WooCommerce and Wix, and our own columns: {names}"
        ),
        mark("this column is there twice"),
        mark("this is not a CSV row ({error})"),
        mark(
            "this is the product list of {system}, which is not read as it is: rename its columns ({renamed}), "
            "and take the others out"
        ),
        mark("this is {what}, not of products: export the products"),
        mark("variations that share one stock get an equal share of it each"),
        mark("weights that cannot be read are left out: write 350 or 1.2 kg"),
        mark("what is not the address of a picture is left out"),
        mark("what is on sale there comes with its sale price"),
        mark("what is sold there beyond its stock is sold out here until /restock"),
        mark("what is sold there without counting comes with {n} units: /restock sets another number"),
        mark("what needs no shipping there and has no purchase note comes as physical goods"),
        mark("what needs no shipping there comes as digital goods: buyers get its purchase note"),
        mark("what needs no shipping there comes as physical goods"),
        mark("which option is it? (Blue / Large)"),
        mark("whose goods are they? These have them already: {names}"),
        mark("{given} cannot be charged here; this product is sold in {expected}"),
        mark("{given} is more than can be charged"),
        mark("{given} is neither true nor false"),
        mark("{given} is not a day; write it like 2026-12-24"),
        mark("{given} is not a price in {currency}; write it like {example}"),
        mark("{given} is not a whole number up to {quantity_limit}"),
        mark("{given} may be a thousand times as much; write it as {plain}"),
        mark("{given} is no class of tax: small letters, at most sixteen"),
        mark("{kind} is neither physical nor digital"),
        mark("{name} has no variation in the file: there is nothing to sell"),
        mark("{name} is a download, and the file does not say where it is"),
        mark("{name} is already on line {line}: write a SKU for each"),
        mark("{name} is sold in variants in the shop, here it has none"),
        mark("{name} is {not_sold}"),
        mark("{number} units cannot be on a shelf; write 0 or more"),
        mark("{n} cells under {width} columns: is a quote or a delimiter missing?"),
        mark("{n} characters of links; at most {content_limit} fit"),
        mark("{n} characters; at most {content_limit} fit"),
        mark("{n} columns; at most {most_columns} are read"),
        mark("{n} products and variants; at most {most} at once"),
        mark("{owner} is not the Telegram id of a seller"),
        mark("{sku} is new: it needs a price"),
        mark("{sku} is new: it needs a {missing}"),
        mark("{status} is neither active nor draft"),
        mark("{surcharge} is not an amount"),
        mark("{too_large}: a cell of it is"),
        mark("{too_large}: a row, or what stands beside the rows"),
        mark("{too_large}: at most {most_rows} rows are read"),
        mark("{too_large}: at most {most_rows} rows or {most_cells} cells are read"),
        mark("{too_large}: it holds more parts than any workbook needs"),
        mark("{too_large}: it holds more than {most_texts} texts"),
        mark("{too_large}: unpacked, at most {largest_part} MB are read"),
    }
)


def problem(words: Words, one: Problem) -> str:
    """The line, the product, the column, and what is wrong there."""
    said = sentence(words, one.message)
    place = words.plain("line {n}", n=one.line) if one.line else words.plain("the file")
    if one.product:
        place = f"{place} ({one.product})"
    return f"{place}, {one.column}: {said}" if one.column else f"{place}: {said}"


def note(words: Words, one: Note) -> str:
    """How it was understood, and in which lines."""
    said = sentence(words, one.message)
    if not one.count:
        return said
    lines = ", ".join(str(line) for line in sorted(one.lines)) + ("" if one.count == len(one.lines) else ", …")
    return words.plain_n("{said} (line {lines})", "{said} ({n} rows: lines {lines})", one.count, said=said, lines=lines)


def sentence(words: Words, text: str) -> str:
    """The sentence in their language; what is none of ours is said as it is."""
    if not isinstance(text, Said):
        return text
    values: Mapping[str, object] = {
        name: sentence(words, value) if isinstance(value, str) else value for name, value in text.values.items()
    }
    return words.plain(text.template, **values)
