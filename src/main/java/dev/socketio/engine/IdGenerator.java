package dev.socketio.engine;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes ids that cannot be guessed: 120 random bits as 20 characters of the URL-safe Base64 alphabet. */
public final class IdGenerator {

    private static final int BYTES = 15;

    private final SecureRandom random = new SecureRandom();

    /** Returns a new id. */
    public String next() {
        byte[] id = new byte[BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().encodeToString(id);
    }
}
