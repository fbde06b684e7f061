package dev.socketio.engine;

/** Which responses are worth compressing: those from some size on, or none. */
public final class Compression {

    private static final Compression NONE = new Compression(Integer.MAX_VALUE);

    private static final Compression STANDARD = new Compression(1024);

    private final int threshold;

    private Compression(int threshold) {
        this.threshold = threshold;
    }

    /** Compresses what has at least 1,024 bytes, as Socket.IO does. */
    public static Compression standard() {
        return STANDARD;
    }

    /** Compresses nothing. */
    public static Compression none() {
        return NONE;
    }

    /**
     * Compresses what has at least {@code bytes}.
     *
     * @throws IllegalArgumentException if {@code bytes} is less than zero
     */
    public static Compression threshold(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "threshold is " + bytes + ": give a size in bytes, or Compression.none()");
        }
        return new Compression(bytes);
    }

    /** Returns whether something of {@code bytes} is to be compressed. */
    boolean covers(int bytes) {
        return this != NONE && bytes >= threshold;
    }

    @Override
    public String toString() {
        return this == NONE ? "none" : "from " + threshold + " bytes on";
    }
}
