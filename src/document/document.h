/*
 * document -- a document as evidence: its text by passage, each with its place in the file, and
 * the sentences in it that records may bear out or not.
 *
 * Takes    the bytes of a txt, html, eml or pdf file; a document read before
 * Gives    struct pal_document; struct pal_suggestions
 * Owns     the texts and passages of a document, until pal_document_clear
 * Never    follows a link, runs a script, opens a second file; decides whether a statement is
 *          true; keeps a private person's name as a speaker
 * Threads  a document is one thread's; reading a pdf forks a child with limits, so it is to be
 *          called before threads are started
 * Limits   PAL_DOCUMENT_SIZE_MAX, PAL_DOCUMENT_RUN_MAX, PAL_DOCUMENT_PASSAGE_MAX,
 *          PAL_DOCUMENT_PAGE_MAX, PAL_MAIL_PART_MAX, PAL_MAIL_DEPTH_MAX,
 *          PAL_PDF_MEMORY_MAX_MB, PAL_PDF_CPU_MAX_S, PAL_PDF_WAIT_MAX_S
 */
#ifndef PAL_DOCUMENT_DOCUMENT_H
#define PAL_DOCUMENT_DOCUMENT_H

#include "base/base.h"

enum {
    PAL_DOCUMENT_SIZE_MAX = 100 * 1000 * 1000, /* bytes of a file */
    PAL_DOCUMENT_RUN_MAX = 8 * 1000 * 1000,    /* pieces of text that lie together */
    PAL_DOCUMENT_PASSAGE_MAX = 1000 * 1000,
    PAL_DOCUMENT_PAGE_MAX = 20 * 1000,
    PAL_MAIL_PART_MAX = 200,
    PAL_MAIL_DEPTH_MAX = 8,
    PAL_PDF_MEMORY_MAX_MB = 1024,
    PAL_PDF_CPU_MAX_S = 30,
    PAL_PDF_WAIT_MAX_S = 120
};

enum pal_document_form {
    PAL_DOCUMENT_TXT,
    PAL_DOCUMENT_HTML,
    PAL_DOCUMENT_EML,
    PAL_DOCUMENT_PDF
};
const char *pal_document_form_name(enum pal_document_form form);
bool pal_document_form_find(struct pal_view name, enum pal_document_form *out);

enum pal_passage_kind {
    PAL_PASSAGE_HEADING,
    PAL_PASSAGE_PARAGRAPH,
    PAL_PASSAGE_ITEM,
    PAL_PASSAGE_CELL,
    PAL_PASSAGE_QUOTATION,
    PAL_PASSAGE_HEADER,
    PAL_PASSAGE_KIND_COUNT
};
const char *pal_passage_kind_name(enum pal_passage_kind kind);
bool pal_passage_kind_find(struct pal_view name, enum pal_passage_kind *out);

/* A piece of text that lies together in the original: byte i of it is byte
 * i * source_size / text_size of the piece there. */
struct pal_text_run {
    uint32_t text_at;
    uint32_t source_at;
    uint32_t text_size;
    uint32_t source_size;
};

/* UTF-8 text, and where each byte of it is from. */
struct pal_mapped {
    struct pal_buffer text;
    struct pal_text_run *runs; /* in the order of text */
    size_t run_count;
    size_t run_room;
    pal_status status; /* first failure, PAL_OK until then */
};

struct pal_passage {
    enum pal_passage_kind kind;
    const char *boilerplate; /* why it is no part of what is said; NULL: it is part */
    int32_t page;            /* of a pdf, from 1; 0: no pages */
    uint32_t text_at;        /* in the document's body */
    uint32_t text_size;
    uint64_t first_byte; /* in the original file; for a pdf the character of the page */
    uint64_t last_byte;  /* itself included */
};

struct pal_document {
    struct pal_arena arena;
    struct pal_mapped body; /* the text of all passages, one behind the other */
    struct pal_passage *passages;
    size_t passage_count;
    size_t passage_room;
    enum pal_document_form form;
    struct pal_digest digest;
    uint64_t size;
    const char *language;  /* english, other, unknown */
    struct pal_view title; /* data NULL: none; so for the next two */
    struct pal_view publisher;
    struct pal_view url;
    int32_t published;            /* PAL_DAY_NONE: not known */
    const char *published_source; /* given, stated, text; NULL: not known */
    int32_t page_count;           /* 0: no pages */
};

/* Reads a file. PAL_INPUT names what it cannot read: an empty, binary or encrypted file, a scan,
 * another language than English, an unknown character set. The document is empty on failure. */
pal_status pal_document_read(const char *path, struct pal_document *out,
                             struct pal_error *err) PAL_MUST_USE;
pal_status pal_document_read_memory(struct pal_view bytes, const char *name,
                                    struct pal_document *out,
                                    struct pal_error *err) PAL_MUST_USE;
void pal_document_init(struct pal_document *document);
void pal_document_clear(struct pal_document *document);

struct pal_view pal_passage_text(const struct pal_document *document,
                                 const struct pal_passage *passage);
/* Where a piece of the body stands in the original: its first and its last byte. */
void pal_document_locate(const struct pal_document *document, size_t text_at,
                         size_t text_size, uint64_t *first_byte, uint64_t *last_byte);
/* The runs of a passage as text ("0:17:240:240 ..."), from the passage's beginning, and a
 * passage put back from it behind those there are. PAL_INPUT for a map that is none. */
void pal_passage_map_text(const struct pal_document *document,
                          const struct pal_passage *passage, struct pal_buffer *out);
pal_status pal_document_add_passage(struct pal_document *document,
                                    const struct pal_passage *passage,
                                    struct pal_view text, struct pal_view map,
                                    struct pal_error *err) PAL_MUST_USE;

#endif
