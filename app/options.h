/*
 * Options: one table a command, from which come parsing, help, manual pages and completion.
 * A table is an array indexed by the command's own enum; what was given stands at the same
 * index, so nothing is kept in globals.
 */
#ifndef PAL_APP_OPTIONS_H
#define PAL_APP_OPTIONS_H

#include "base/base.h"

enum {
    PAL_OPTION_MAX = 16,      /* options of a command, the common ones included */
    PAL_OPTION_TEXT_MAX = 64, /* how often one option may be repeated */
    PAL_OPERAND_MAX = 4096
};

enum pal_option_kind {
    PAL_OPTION_FLAG,
    PAL_OPTION_TEXT,    /* the last one given counts */
    PAL_OPTION_TEXTS,   /* may be repeated */
    PAL_OPTION_INTEGER, /* 0..1,000,000 */
    PAL_OPTION_DAY,     /* YYYY-MM-DD */
    PAL_OPTION_CHOICE   /* one of the words of `value`, parted by | */
};

struct pal_option {
    const char *name; /* long, without the dashes */
    char letter;      /* short, 0 when it has none */
    enum pal_option_kind kind;
    const char *value;    /* what help calls the value; NULL for a flag */
    const char *meaning;  /* one plain sentence */
    const char *fallback; /* the default, NULL when there is none */
};

struct pal_option_value {
    bool is_given;
    bool is_on;       /* FLAG */
    const char *text; /* TEXT, CHOICE, and the others as written; the default or NULL */
    int64_t integer;  /* INTEGER */
    int32_t day;      /* DAY; PAL_DAY_NONE when not given */
    size_t text_count; /* TEXTS */
    const char *texts[PAL_OPTION_TEXT_MAX];
};

/* What a command line gave; texts are the command line's. */
struct pal_given {
    struct pal_option_value options[PAL_OPTION_MAX]; /* by the command's enum */
    size_t operand_count;
    const char *const *operands;
    bool wants_help;
    bool is_quiet;
    bool is_json;
    int thread_count; /* 0: as many as cores */
};

struct pal_command;

/* Parses the words behind the command's name (argv[0] is that name). PAL_USAGE names the
 * word that is wrong and the nearest right one. */
pal_status pal_options_parse(const struct pal_command *command, int argc, char **argv,
                             struct pal_given *out, struct pal_error *err) PAL_MUST_USE;
/* The help of one command, and of the program. */
void pal_options_help(const struct pal_command *command, struct pal_buffer *out);
void pal_commands_help(struct pal_buffer *out);
/* All commands and their options, for manual pages and completion. */
void pal_commands_json(struct pal_buffer *out);

#endif
