/*
 * Digests. SHA-256 for files, so that anyone can check with sha256sum; a keyed hash for
 * record ids, so that a study's ids mean nothing without its key; a fast 64-bit hash for
 * tables in memory.
 */
#ifndef PAL_BASE_HASH_H
#define PAL_BASE_HASH_H

#include <stdint.h>

#include "base/error.h"
#include "base/view.h"

enum {
    PAL_DIGEST_SIZE = 32,
    PAL_DIGEST_HEX_SIZE = 64,
    PAL_KEY_SIZE = 32,
    PAL_ID_KEY_SIZE = 16
};

struct pal_digest {
    uint8_t bytes[PAL_DIGEST_SIZE];
};

struct pal_hash_id {
    uint64_t high;
    uint64_t low;
};

/* Must be called once before any other call here; safe to call again. */
pal_status pal_hash_setup(struct pal_error *err) PAL_MUST_USE;

/* Streaming SHA-256: opaque room for the state, no allocation. */
struct pal_sha256 {
    _Alignas(16) unsigned char state[128];
};
void pal_sha256_init(struct pal_sha256 *sha);
void pal_sha256_add(struct pal_sha256 *sha, const void *data, size_t size);
void pal_sha256_finish(struct pal_sha256 *sha, struct pal_digest *out);
/* The digest of a whole file. PAL_IO with the path when it cannot be read. */
pal_status pal_sha256_file(const char *path, struct pal_digest *out, uint64_t *size,
                           struct pal_error *err) PAL_MUST_USE;
/* 64 lower-case hex digits and a NUL. */
void pal_digest_hex(const struct pal_digest *digest, char out[PAL_DIGEST_HEX_SIZE + 1]);

/* The key of one scope (release): BLAKE2b of its name under the study's key. */
struct pal_id_key {
    uint8_t bytes[PAL_ID_KEY_SIZE];
};
void pal_id_key_derive(const uint8_t key[PAL_KEY_SIZE], struct pal_view scope,
                       struct pal_id_key *out);
/* SipHash-2-4 with 128 bits of `text` under a scope's key: the same text in another scope, or
 * another study, gives an unrelated id (Aumasson & Bernstein 2012). */
struct pal_hash_id pal_keyed_id(const struct pal_id_key *key, struct pal_view text);
/* Fresh random bytes for a study's key. */
void pal_random_key(uint8_t key[PAL_KEY_SIZE]);

uint64_t pal_hash64(const void *data, size_t size);

#endif
