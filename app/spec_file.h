/*
 * The specification of a simulation, read from YAML (see doc/palladium-simulate.md for its
 * keys). What it does not say stays at the defaults of room simulate.
 */
#ifndef PAL_APP_SPEC_FILE_H
#define PAL_APP_SPEC_FILE_H

#include "base/base.h"
#include "simulate/simulate.h"

enum { PAL_SPEC_ARENA_MAX = 16 << 20 };

/* The spec's texts are the arena's, initialised by the caller. `path` is for errors. */
pal_status pal_spec_parse(struct pal_view text, const char *path,
                          struct pal_arena *arena, struct pal_simulate_spec *out,
                          struct pal_error *err) PAL_MUST_USE;
pal_status pal_spec_read(const char *path, struct pal_arena *arena,
                         struct pal_simulate_spec *out,
                         struct pal_error *err) PAL_MUST_USE;

#endif
