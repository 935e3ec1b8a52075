"""The switchboard: configuration, commands, wiring, schedule and logs; the only package that knows everyone."""
