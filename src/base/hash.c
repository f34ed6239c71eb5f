#include "base/hash.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* The plain SHA-256 calls of OpenSSL 1.1: no allocation. On processors with SHA instructions
 * they read 1.5 GB/s where libsodium's read 0.29, and every imported byte goes through. */
#define OPENSSL_API_COMPAT 0x10100000L
#include <openssl/sha.h>
#include <sodium.h>

#include "base/file.h"

static_assert(sizeof(SHA256_CTX) <= sizeof(struct pal_sha256),
              "OpenSSL's SHA-256 state outgrew its room");
static_assert((int)PAL_DIGEST_SIZE == (int)SHA256_DIGEST_LENGTH, "SHA-256 is 32 bytes");
static_assert((int)PAL_ID_KEY_SIZE == (int)crypto_shorthash_siphashx24_KEYBYTES,
              "SipHash has a key of 16 bytes");

enum { READ_SIZE = 64 * 1024, ID_SIZE = crypto_shorthash_siphashx24_BYTES };

pal_status pal_hash_setup(struct pal_error *err)
{
    if (sodium_init() < 0) {
        return pal_fail(err, PAL_IO, "the system gives no random bytes (libsodium)");
    }
    return PAL_OK;
}

void pal_sha256_init(struct pal_sha256 *sha)
{
    SHA256_CTX state;
    (void)SHA256_Init(&state);
    memcpy(sha->state, &state, sizeof state);
}

void pal_sha256_add(struct pal_sha256 *sha, const void *data, size_t size)
{
    SHA256_CTX state;
    if (size == 0) {
        return;
    }
    memcpy(&state, sha->state, sizeof state);
    (void)SHA256_Update(&state, data, size);
    memcpy(sha->state, &state, sizeof state);
}

void pal_sha256_finish(struct pal_sha256 *sha, struct pal_digest *out)
{
    SHA256_CTX state;
    memcpy(&state, sha->state, sizeof state);
    (void)SHA256_Final(out->bytes, &state);
}

pal_status pal_sha256_file(const char *path, struct pal_digest *out, uint64_t *size,
                           struct pal_error *err)
{
    *out = (struct pal_digest){{0}};
    *size = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return pal_file_fail(err, "read", path, errno);
    }
    pal_status status = PAL_OK;
    uint64_t total = 0;
    struct pal_sha256 sha;
    pal_sha256_init(&sha);
    for (;;) {
        unsigned char bytes[READ_SIZE];
        ssize_t got = read(file, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            status = pal_file_fail(err, "read", path, errno);
        }
        if (got <= 0) {
            break;
        }
        pal_sha256_add(&sha, bytes, (size_t)got);
        total += (uint64_t)got;
    }
    (void)close(file);
    if (status == PAL_OK) {
        pal_sha256_finish(&sha, out);
        *size = total;
    }
    return status;
}

void pal_digest_hex(const struct pal_digest *digest, char out[PAL_DIGEST_HEX_SIZE + 1])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < PAL_DIGEST_SIZE; i++) {
        out[2 * i] = digits[digest->bytes[i] >> 4];
        out[2 * i + 1] = digits[digest->bytes[i] & 15u];
    }
    out[PAL_DIGEST_HEX_SIZE] = '\0';
}

/* Big-endian, so that an id is the same number on every machine. */
static uint64_t number_of(const uint8_t bytes[8])
{
    uint64_t number = 0;
    for (int i = 0; i < 8; i++) {
        number = number << 8 | bytes[i];
    }
    return number;
}

void pal_id_key_derive(const uint8_t key[PAL_KEY_SIZE], struct pal_view scope,
                       struct pal_id_key *out)
{
    static const unsigned char none = 0;
    const unsigned char *bytes =
        scope.size > 0 ? (const unsigned char *)scope.data : &none;
    (void)crypto_generichash(out->bytes, PAL_ID_KEY_SIZE, bytes, scope.size, key,
                             PAL_KEY_SIZE);
}

struct pal_hash_id pal_keyed_id(const struct pal_id_key *key, struct pal_view text)
{
    static const unsigned char none = 0;
    uint8_t bytes[ID_SIZE];
    const unsigned char *data =
        text.size > 0 ? (const unsigned char *)text.data : &none;
    (void)crypto_shorthash_siphashx24(bytes, data, text.size, key->bytes);
    return (struct pal_hash_id){number_of(bytes), number_of(bytes + 8)};
}

void pal_random_key(uint8_t key[PAL_KEY_SIZE])
{
    randombytes_buf(key, PAL_KEY_SIZE);
}

__extension__ typedef unsigned __int128 wide;

/* Odd numbers with about as many ones as zeros: fractional parts of the square roots of
 * 2, 3, 5 and 7. */
static const uint64_t odd_a = UINT64_C(0x6A09E667F3BCC909);
static const uint64_t odd_b = UINT64_C(0xBB67AE8584CAA73B);
static const uint64_t odd_c = UINT64_C(0x3C6EF372FE94F82B);
static const uint64_t odd_d = UINT64_C(0xA54FF53A5F1D36F1);

static inline uint64_t fold(uint64_t a, uint64_t b)
{
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t load8(const unsigned char *bytes)
{
    uint64_t word = 0;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static inline uint64_t load4(const unsigned char *bytes)
{
    uint32_t word = 0;
    memcpy(&word, bytes, sizeof word);
    return word;
}

uint64_t pal_hash64(const void *data, size_t size)
{
    const unsigned char *bytes = data;
    uint64_t hash = odd_a ^ (size * odd_b);
    size_t left = size;
    while (left > 16) {
        /* The rotated old state is kept beside the product: a factor that happens to be
         * zero must not wipe out what came before it. */
        hash = (hash << 23 | hash >> 41) +
               fold(load8(bytes) ^ odd_c, load8(bytes + 8) ^ hash);
        bytes += 16;
        left -= 16;
    }
    uint64_t a = 0;
    uint64_t b = 0;
    if (left >= 8) {
        a = load8(bytes);
        b = load8(bytes + left - 8);
    } else if (left >= 4) {
        a = load4(bytes);
        b = load4(bytes + left - 4);
    } else if (left > 0) {
        a = (uint64_t)bytes[0] << 16 | (uint64_t)bytes[left / 2] << 8 | bytes[left - 1];
    }
    return fold(fold(a ^ odd_c, b ^ hash) ^ odd_d, hash ^ odd_b);
}
