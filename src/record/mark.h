/*
 * Redaction marks: what a released cell says in place of a value that was taken out.
 * data/redactions.md has the rules and where they come from.
 */
#ifndef PAL_RECORD_MARK_H
#define PAL_RECORD_MARK_H

#include "base/base.h"

/* Whether the whole text is one or more marks, `(b)(6);(b)(7)(C) ` in any spelling, or the
 * word "redacted". Blanks around it do not matter; ordinary text is refused. */
bool pal_is_redaction(struct pal_view text);

#endif
