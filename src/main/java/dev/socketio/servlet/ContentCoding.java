package dev.socketio.servlet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The compressions of a response body (RFC 9110, "Content Codings"). */
enum ContentCoding {
    GZIP,
    DEFLATE;

    private final String token = name().toLowerCase(Locale.ROOT);

    /** Returns the coding that a client likes best, the first among equals; null if it takes neither. */
    static @Nullable ContentCoding choose(@Nullable String acceptEncoding) {
        String[] elements = acceptEncoding == null ? new String[0] : acceptEncoding.split(",");
        Set<ContentCoding> unnamed = EnumSet.allOf(ContentCoding.class);
        for (String element : elements) {
            unnamed.remove(of(parts(element)[0]));
        }
        ContentCoding best = null;
        double bestQuality = 0;
        for (String element : elements) {
            String[] parts = parts(element);
            boolean any = parts[0].equals("*"); // stands for those that are not named
            ContentCoding coding = any ? unnamed.stream().findFirst().orElse(null) : of(parts[0]);
            double quality = quality(parts);
            if (coding != null && quality > bestQuality) {
                best = coding;
                bestQuality = quality;
            }
        }
        return best;
    }

    private static String[] parts(String element) {
        return element.trim().split("\\s*;\\s*", /* limit= */ -1);
    }

    private static @Nullable ContentCoding of(String token) {
        return switch (token.toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default -> null;
        };
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].startsWith("q=")) {
                try {
                    return Double.parseDouble(parts[i].substring(2));
                } catch (NumberFormatException malformed) {
                    return 0;
                }
            }
        }
        return 1;
    }

    /** Returns the name in the header {@code Content-Encoding}. */
    String token() {
        return token;
    }

    byte[] encode(byte[] body) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(body.length / 2);
        try (OutputStream out = this == GZIP ? new GZIPOutputStream(encoded) : new DeflaterOutputStream(encoded)) {
            out.write(body);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return encoded.toByteArray();
    }
}
