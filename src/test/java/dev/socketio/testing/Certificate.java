package dev.socketio.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * A certificate of this machine for itself.
 *
 * @param keyStore with {@link #PASSWORD}
 * @param pem the same key and certificate, as servers that are not of Java want them
 */
public record Certificate(Path keyStore, Path pem) {

    static final String PASSWORD = "changeit";

    private static final String KEYTOOL =
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String ALIAS = "localhost";

    /** Creates one in a folder, for {@code localhost} and {@code 127.0.0.1}. */
    public static Certificate create(Path folder) {
        Path keyStore = folder.resolve("localhost.p12");
        Path pem = folder.resolve("localhost.pem");
        List<String> command = List.of(
                KEYTOOL,
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=DNS:localhost,IP:127.0.0.1",
                "-keystore",
                keyStore.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD);
        try (ExternalProcess keytool = ExternalProcess.start(new ProcessBuilder(command))) {
            keytool.awaitSuccess(PATIENCE);
        }
        try {
            Files.writeString(pem, pem(keyStore));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return new Certificate(keyStore, pem);
    }

    private static String pem(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return block("PRIVATE KEY", store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded())
                + block("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
    }

    private static String block(String type, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }
}
