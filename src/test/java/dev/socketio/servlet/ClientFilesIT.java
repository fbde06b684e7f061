package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.Cors;
import dev.socketio.SocketIoServer;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.RawConnection;
import dev.socketio.testing.Servlets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The browser's client, served beside the connections. */
@ParameterizedClass
@MethodSource("sites")
final class ClientFilesIT {

    private static final String UNKNOWN = "{\"code\":0,\"message\":\"Transport unknown\"}";

    private final Site site;

    ClientFilesIT(Site site) {
        this.site = site;
    }

    /** A container with a server that serves the client, one that does it for other origins, and one that does not. */
    record Site(Platform platform, EmbeddedServer server) implements AutoCloseable {

        @Override
        public void close() {
            server.close();
        }

        @Override
        public String toString() {
            return platform.toString();
        }
    }

    static Stream<Site> sites() {
        return Stream.of(Platform.JETTY, Platform.TOMCAT)
                .map(platform -> new Site(platform, platform.start("", context -> {
                    var usual = SocketIoServer.builder().build();
                    var cors = SocketIoServer.builder().cors(Cors.origins("*")).build();
                    var bare = SocketIoServer.builder().serveClient(false).build();
                    Servlets.add(context, "/socket.io", new SocketIoServlet(usual));
                    Servlets.add(context, "/cors", new SocketIoServlet(cors));
                    Servlets.add(context, "/bare", new SocketIoServlet(bare));
                })));
    }

    private HttpResponse<byte[]> request(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(site.server().uri(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return TestEngine.HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static byte[] packaged(String name) throws IOException {
        try (var in = Objects.requireNonNull(ClientFiles.class.getResourceAsStream("client/" + name))) {
            return in.readAllBytes();
        }
    }

    private static @Nullable String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    @ParameterizedTest
    @CsvSource({
        "socket.io.js,                 application/javascript; charset=utf-8",
        "socket.io.min.js,             application/javascript; charset=utf-8",
        "socket.io.esm.min.js,         application/javascript; charset=utf-8",
        "socket.io.msgpack.min.js,     application/javascript; charset=utf-8",
        "socket.io.js.map,             application/json; charset=utf-8",
        "socket.io.min.js.map,         application/json; charset=utf-8",
        "socket.io.esm.min.js.map,     application/json; charset=utf-8",
        "socket.io.msgpack.min.js.map, application/json; charset=utf-8",
    })
    void servesEachFileAsItIs(String name, String type) throws Exception {
        HttpResponse<byte[]> response = request("GET", "/socket.io/" + name + "?v=1");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(packaged(name));
        assertThat(String.valueOf(header(response, "content-type"))
                        .toLowerCase(Locale.ROOT)
                        .replace(" ", ""))
                .isEqualTo(type.replace(" ", ""));
        assertThat(header(response, "content-length")).isEqualTo(Integer.toString(response.body().length));
        assertThat(header(response, "cache-control")).isEqualTo("public, max-age=0");
        assertThat(header(response, "etag")).matches("\"4\\.\\d+\\.\\d+\"");
        assertThat(header(response, "content-encoding")).isNull();
        assertThat(header(response, "access-control-allow-origin")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"%s\"               | 304",
                "W/\"%s\"             | 304",
                "*                    | 304",
                "\"old\", \"%s\"      | 304",
                "W/\"old\",W/\"%s\"   | 304",
                "\"old\"              | 200",
                "%s                   | 200",
                "\"%sx\"              | 200",
                "\"\"                 | 200",
            })
    void sendsNothingThatTheClientHas(String known, int status) throws Exception {
        String etag = String.valueOf(header(request("HEAD", "/socket.io/socket.io.js"), "etag"));
        String version = etag.substring(1, etag.length() - 1);

        HttpResponse<byte[]> response =
                request("GET", "/socket.io/socket.io.js", "If-None-Match", known.replace("%s", version));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(header(response, "etag")).isEqualTo(etag);
        assertThat(header(response, "vary")).isEqualTo("Accept-Encoding");
        if (status == 304) {
            assertThat(response.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void compressesAsTheClientLikesIt(String coding) throws Exception {
        for (int i = 0; i < 2; i++) { // the second time from the cache
            HttpResponse<byte[]> response = request("GET", "/socket.io/socket.io.js", "Accept-Encoding", coding);

            assertThat(header(response, "content-encoding")).isEqualTo(coding);
            assertThat(header(response, "vary")).isEqualTo("Accept-Encoding");
            byte[] original = packaged("socket.io.js");
            assertThat(response.body()).hasSizeLessThan(original.length / 2);
            var in = new ByteArrayInputStream(response.body());
            var decoded = coding.equals("gzip") ? new GZIPInputStream(in) : new InflaterInputStream(in);
            assertThat(decoded.readAllBytes()).isEqualTo(original);
        }
    }

    @Test
    void answersHeadWithTheHeadersAlone() throws Exception {
        HttpResponse<byte[]> response = request("HEAD", "/socket.io/socket.io.min.js");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "content-length")).isEqualTo(Integer.toString(packaged("socket.io.min.js").length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/socket.io/unknown.js",
                "/socket.io/",
                "/socket.io/client.properties",
                "/socket.io/sub/socket.io.js",
                "/socket.io/SOCKET.IO.JS",
                "/bare/socket.io.js",
                "/bare/socket.io.min.js.map",
            })
    void servesNothingElse(String path) throws Exception {
        HttpResponse<byte[]> response = request("GET", path);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/socket.io/../socket.io/client.properties",
                "/socket.io/%2e%2e/ClientFiles.class",
                "/socket.io/..%2fClientFiles.class",
                "/socket.io/socket.io.js%00",
                "/socket.io/socket.io.js;x=y",
            })
    void servesNothingForPathsThatMeanMischief(String path) throws Exception {
        try (RawConnection connection = new RawConnection(site.server().port())) {
            connection.request("GET", path);
            RawConnection.Response response = connection.read();
            assertThat(response.status()).isIn(200, 400, 404);
            assertThat(response.status() == 200).isEqualTo(path.contains(";")); // a path parameter, which means nothing
        }
    }

    @Test
    void leavesOtherMethodsToTheConnections() throws Exception {
        assertThat(request("POST", "/socket.io/socket.io.js").statusCode()).isEqualTo(400);
        assertThat(request("GET", "/socket.io/socket.io.js?EIO=4&transport=polling")
                        .statusCode())
                .as("the file goes before the protocol")
                .isEqualTo(200);
        assertThat(new String(
                        request("GET", "/bare/socket.io.js?EIO=4&transport=polling")
                                .body(),
                        StandardCharsets.UTF_8))
                .startsWith("0{");
    }

    @Test
    void addsTheHeadersForPagesOfOtherOrigins() throws Exception {
        HttpResponse<byte[]> response = request("GET", "/cors/socket.io.js", "Origin", "http://app.example");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "access-control-allow-origin")).isEqualTo("*");

        assertThat(request("GET", "/socket.io/socket.io.js", "Origin", "http://app.example")
                        .statusCode())
                .as("a script is for every page")
                .isEqualTo(200);
    }
}
