/*
 * The reading side of an import: files, their sheets and rows as one row of loads, to be taken
 * by whoever stores them. It owns the texts while it runs: only it adds to them.
 */
#ifndef PAL_APP_IMPORT_READER_H
#define PAL_APP_IMPORT_READER_H

#include "app/import.h"

enum pal_load_kind {
    PAL_LOAD_KNOWN,    /* a file whose digest is in the study */
    PAL_LOAD_FILE,     /* a file begins */
    PAL_LOAD_SHEET,    /* a sheet begins */
    PAL_LOAD_BATCH,    /* rows of it */
    PAL_LOAD_END,      /* the sheet ends */
    PAL_LOAD_FILE_END, /* the file ends; its texts are stored before the next load */
    PAL_LOAD_DONE,
    PAL_LOAD_FAILED /* the reader's error says why */
};

struct pal_load {
    enum pal_load_kind kind;
    size_t file;
    size_t sheet;
    struct pal_harvest
        *harvest; /* of SHEET: the reader's; of END: the taker's to close */
    struct pal_batch *batch;
    uint64_t bytes_read; /* of the file */
};

/* A file from its PAL_LOAD_FILE on; the taker closes the intake at its end. */
struct pal_read_file {
    struct pal_intake *intake;
    struct pal_digest digest;
    struct pal_buffer release;
};

/* The digest of a file, in hex. */
struct pal_known_file {
    char hex[PAL_DIGEST_HEX_SIZE + 1];
};

struct pal_reader {
    const struct pal_dictionary *dictionary;
    const struct pal_import_wish *wishes;
    size_t file_count;
    struct pal_prefetch
        *first; /* borrowed; NULL: the first file is opened like the others */
    struct pal_read_file *files;
    struct pal_known_file *known; /* in the study, or read since */
    size_t known_count;           /* there is room for file_count more */
    struct pal_intern *terms;
    const uint8_t *key;
    bool keep_ids;
    bool reads_ahead; /* a further thread inflates */
    size_t file;      /* at which it is */
    size_t sheet;
    bool is_in_file;
    struct pal_harvest *harvest; /* NULL between sheets */
    bool is_sheet_end;
    struct pal_error err;
};

/* The next load, into a load that has a batch. */
void pal_reader_next(struct pal_reader *reader, struct pal_load *load);
bool pal_load_is_last(const struct pal_load *load);
/* Closes what is open and forgets the files. */
void pal_reader_clear(struct pal_reader *reader);

#endif
