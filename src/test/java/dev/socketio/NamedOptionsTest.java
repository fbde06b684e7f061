package dev.socketio;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.socketio.engine.Cookie;
import dev.socketio.engine.EngineOptions;
import dev.socketio.engine.TransportName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NamedOptionsTest {

    private static final Function<ServerOptions, Object> RECOVERY = ServerOptions::connectionStateRecovery;

    private static ServerOptions with(String name, String text) {
        return SocketIoServer.builder().override(Map.of(name, text)).options();
    }

    static Stream<Arguments> options() {
        return Stream.of(
                option("path", "/chat/", ServerOptions::path, "/chat"),
                option("serveClient", "false", ServerOptions::serveClient, false),
                option("serveClient", "true", ServerOptions::serveClient, true),
                option(
                        "cors",
                        "https://a.example , https://b.example",
                        cors(Cors::origins),
                        List.of("https://a.example", "https://b.example")),
                option("cors", "*", cors(Cors::allowsAll), true),
                option("cors", "", cors(Cors::origins), List.of()),
                option("connectTimeout", "30s", ServerOptions::connectTimeout, Duration.ofSeconds(30)),
                option("connectionStateRecovery", "true", RECOVERY, Optional.of(ConnectionStateRecovery.defaults())),
                option("connectionStateRecovery", "false", RECOVERY, Optional.empty()),
                option(
                        "connectionStateRecovery",
                        "30s",
                        RECOVERY,
                        Optional.of(ConnectionStateRecovery.defaults()
                                .withMaxDisconnectionDuration(Duration.ofSeconds(30)))),
                option("pingInterval", "300", options -> options.engine().pingInterval(), Duration.ofMillis(300)),
                option("pingTimeout", "200ms", options -> options.engine().pingTimeout(), Duration.ofMillis(200)),
                option("upgradeTimeout", " 5s ", options -> options.engine().upgradeTimeout(), Duration.ofSeconds(5)),
                option("maxHttpBufferSize", "5", options -> options.engine().maxHttpBufferSize(), 5),
                option("maxOutboxBytes", "6", options -> options.engine().maxOutboxBytes(), 6),
                option("httpCompression", "0", NamedOptionsTest::compression, "from 0 bytes on"),
                option("httpCompression", "true", NamedOptionsTest::compression, "from 1024 bytes on"),
                option("httpCompression", "false", NamedOptionsTest::compression, "none"),
                option("perMessageDeflate", "true", options -> options.engine().perMessageDeflate(), true),
                option("maxSessions", "7", options -> options.engine().maxSessions(), 7),
                option("maxSessionsPerAddress", "3", options -> options.engine().maxSessionsPerAddress(), 3),
                option("maxSessionsPerAddress", "0", options -> options.engine().maxSessionsPerAddress(), 0),
                option("addTrailingSlash", "false", options -> options.engine().addTrailingSlash(), false),
                option("cookie", "true", NamedOptionsTest::cookie, Cookie.named("io")),
                option("cookie", "balancer", NamedOptionsTest::cookie, Cookie.named("balancer")),
                option("cookie", "false", options -> options.engine().cookie() == null, true),
                option(
                        "transports",
                        "websocket",
                        options -> options.engine().transports(),
                        Set.of(TransportName.WEBSOCKET)),
                option(
                        "transports",
                        "polling, websocket",
                        options -> options.engine().transports(),
                        Set.of(TransportName.values())),
                option("allowUpgrades", "false", options -> options.engine().allowUpgrades(), false),
                option("allowEIO3", "true", options -> options.engine().allowEIO3(), true),
                option("nodeId", "a", options -> String.valueOf(options.engine().nodeId()), "a"),
                option("peers", "", options -> options.engine().peers().areNone(), true),
                option("maxForwardedRequests", "15", options -> options.engine().maxForwardedRequests(), 15),
                option("roles", "admin,user", options -> options.engine().roles(), Set.of("admin", "user")),
                option("roles", "", options -> options.engine().roles(), Set.of()),
                option("maxAttachments", "8", ServerOptions::maxAttachments, 8),
                option("maxNamespacesPerConnection", "9", ServerOptions::maxNamespacesPerConnection, 9),
                option("maxDynamicNamespaces", "14", ServerOptions::maxDynamicNamespaces, 14),
                option("cleanupEmptyChildNamespaces", "true", ServerOptions::cleanupEmptyChildNamespaces, true),
                option("maxRoomsPerSocket", "10", ServerOptions::maxRoomsPerSocket, 10),
                option("maxPendingAcks", "11", ServerOptions::maxPendingAcks, 11),
                option("maxQueuedEvents", "12", ServerOptions::maxQueuedEvents, 12),
                option("listenerThreads", "13", ServerOptions::listenerThreads, 13));
    }

    private static Object cookie(ServerOptions options) {
        return requireNonNull(options.engine().cookie());
    }

    private static Arguments option(String name, String text, Function<ServerOptions, Object> getter, Object expected) {
        return arguments(name, text, getter, expected);
    }

    private static String compression(ServerOptions options) {
        return options.engine().httpCompression().toString();
    }

    private static Function<ServerOptions, Object> cors(Function<Cors, Object> getter) {
        return options -> getter.apply(options.cors());
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("options")
    void setsAnOption(String name, String text, Function<ServerOptions, Object> getter, Object expected) {
        assertThat(getter.apply(with(name, text))).isEqualTo(expected);
    }

    @Test
    void knowsEveryOptionThatTheBuilderHas() {
        Stream<String> tested = Stream.concat(
                options().map(arguments -> (String) arguments.get()[0]).distinct(),
                new AdapterOptions().names().stream());

        assertThatThrownBy(() -> with("unknown", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no option socketio.unknown; the options are "
                        + String.join(", ", tested.sorted().toList()));
    }

    @Test
    void recoveryKeepsWhatTheApplicationHasSetBeside() {
        ConnectionStateRecovery set = ConnectionStateRecovery.defaults().withSkipMiddlewares(false);
        SocketIoServer.Builder builder = SocketIoServer.builder().connectionStateRecovery(set);

        assertThat(builder.override(Map.of("connectionStateRecovery", "true"))
                        .options()
                        .connectionStateRecovery())
                .contains(set);
        assertThat(builder.override(Map.of("connectionStateRecovery", "5s"))
                        .options()
                        .connectionStateRecovery())
                .contains(set.withMaxDisconnectionDuration(Duration.ofSeconds(5)));
        assertThat(builder.override(Map.of("connectionStateRecovery", "false"))
                        .options()
                        .connectionStateRecovery())
                .isEmpty();
    }

    @Test
    void peersAreNodesWithTheirAddresses() {
        EngineOptions engine = SocketIoServer.builder()
                .override(Map.of("nodeId", "a", "peers", "a = http://10.0.0.1:8080, b=https://b.example"))
                .options()
                .engine();

        assertThat(engine.peers().find("a")).contains(URI.create("http://10.0.0.1:8080"));
        assertThat(engine.peers().find("b")).contains(URI.create("https://b.example"));
        assertThat(engine.peers().find("c")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pingInterval, soon",
        "pingInterval, 25 s",
        "pingInterval, 25m",
        "pingInterval, s",
        "pingInterval, ''",
        "pingInterval, 0",
        "pingTimeout, -1s",
        "upgradeTimeout, 0ms",
        "connectTimeout, 0",
        "connectTimeout, -5",
        "connectionStateRecovery, yes",
        "connectionStateRecovery, 0",
        "maxSessions, many",
        "maxSessions, 1.5",
        "maxSessions, 99999999999",
        "maxSessions, 0",
        "maxHttpBufferSize, -1",
        "maxOutboxBytes, 0",
        "httpCompression, -1",
        "httpCompression, on",
        "maxAttachments, 0",
        "maxNamespacesPerConnection, 0",
        "maxRoomsPerSocket, 0",
        "maxPendingAcks, 0",
        "maxQueuedEvents, 0",
        "listenerThreads, 0",
        "nodeId, a.b",
        "nodeId, ''",
        "peers, b",
        "peers, b=",
        "peers, b=10.0.0.1:8080",
        "peers, b=http://10.0.0.1:8080/chat",
        "peers, b.c=http://10.0.0.1:8080",
        "maxForwardedRequests, 0",
        "serveClient, yes",
        "allowUpgrades, TRUE",
        "transports, webtransport",
        "transports, ''",
        "path, chat",
        "path, /",
        "path, /chat/*",
    })
    void namesTheOptionOfAMalformedValue(String name, String text) {
        assertThatThrownBy(() -> with(name, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("option socketio." + name + " is \"" + text + "\": ");
    }

    @Test
    void saysHowToWriteAValue() {
        assertThatThrownBy(() -> with("pingInterval", "soon"))
                .hasMessageEndingWith("give milliseconds such as 25000, or a time such as 25s");
        assertThatThrownBy(() -> with("maxSessions", "many")).hasMessageEndingWith("give a whole number");
        assertThatThrownBy(() -> with("httpCompression", "yes")).hasMessageEndingWith("give a size in bytes, or false");
        assertThatThrownBy(() -> with("serveClient", "yes")).hasMessageEndingWith("give true or false");
        assertThatThrownBy(() -> with("transports", "tcp"))
                .hasMessageEndingWith("name transports among polling, websocket");
    }

    @Test
    void winsOverWhatWasSetBefore() {
        ServerOptions options = SocketIoServer.builder()
                .maxPendingAcks(1)
                .maxRoomsPerSocket(2)
                .override(Map.of("maxPendingAcks", "3"))
                .options();

        assertThat(options.maxPendingAcks()).isEqualTo(3);
        assertThat(options.maxRoomsPerSocket()).isEqualTo(2);
    }
}
