"""answerInlineQuery: what is offered where a person writes the bot's name and some words."""

from simulator.telegram.errors import bad_request
from simulator.telegram.inline_reading import MAX_OFFSET, read_results
from simulator.telegram.methods.callbacks import take_query
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.wire import Json

KEPT = 100  # answers, from which a person may still choose


@method("answerInlineQuery", "inline_query_id results cache_time is_personal next_offset button")
async def answer_inline_query(call: Call) -> Json:
    """At most 50 results, each with an id of its own; the person's list shows them."""
    query = take_query(call, "inline_query_id", "inline")
    value = call.parameters.structure("results", "can't parse inline query results JSON object")
    results = read_results(value, call.world.files, call.bot.id)
    further = call.parameters.text("next_offset")
    if len(further.encode()) > MAX_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    call.bot.inline_results[query.id] = results
    while len(call.bot.inline_results) > KEPT:
        del call.bot.inline_results[next(iter(call.bot.inline_results))]
    query.close({"results": [result.to_json() for result in results], "next_offset": further})
    call.world.settled.notify()
    return True
