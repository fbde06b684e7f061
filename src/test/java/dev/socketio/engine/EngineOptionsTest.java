package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EngineOptionsTest {

    @Test
    void hasTheDefaultsOfSocketIo() {
        EngineOptions options = EngineOptions.builder().build();

        assertThat(options)
                .returns(Duration.ofSeconds(25), EngineOptions::pingInterval)
                .returns(Duration.ofSeconds(20), EngineOptions::pingTimeout)
                .returns(Duration.ofSeconds(10), EngineOptions::upgradeTimeout)
                .returns(1_000_000, EngineOptions::maxHttpBufferSize)
                .returns(true, EngineOptions::allowUpgrades)
                .returns(true, EngineOptions::addTrailingSlash)
                .returns(null, EngineOptions::cookie)
                .returns(null, EngineOptions::allowRequest)
                .returns(null, EngineOptions::initialPacket)
                .returns(0, EngineOptions::maxSessionsPerAddress)
                .returns(null, EngineOptions::nodeId)
                .returns(Peers.none(), EngineOptions::peers)
                .returns(10_000, EngineOptions::maxForwardedRequests);
        assertThat(options.transports()).containsExactlyInAnyOrder(TransportName.values());
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("pingInterval", options -> options.pingInterval(Duration.ZERO)),
                mistake("pingTimeout", options -> options.pingTimeout(Duration.ofMillis(-1))),
                mistake("upgradeTimeout", options -> options.upgradeTimeout(Duration.ZERO)),
                mistake("maxHttpBufferSize", options -> options.maxHttpBufferSize(0)),
                mistake("maxOutboxBytes", options -> options.maxOutboxBytes(-1)),
                mistake("threshold", options -> options.httpCompression(Compression.threshold(-1))),
                mistake("maxSessions", options -> options.maxSessions(0)),
                mistake("maxSessionsPerAddress", options -> options.maxSessionsPerAddress(-1)),
                mistake("nodeId", options -> options.nodeId("a.b")),
                mistake("nodeId", options -> options.nodeId("")),
                mistake("nodeId", options -> options.nodeId("a".repeat(33))),
                mistake("maxForwardedRequests", options -> options.maxForwardedRequests(0)),
                mistake("transports", options -> options.transports(List.of())));
    }

    @Test
    void asksForANameWhereThereArePeers() {
        EngineOptions.Builder options = EngineOptions.builder().peers(Peers.lookup(node -> Optional.empty()));

        assertThatThrownBy(options::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("peers is set without nodeId");
        assertThat(options.nodeId("a").build().nodeId()).isEqualTo("a");
    }

    private static Arguments mistake(String option, Consumer<EngineOptions.Builder> call) {
        return Arguments.of(option, call);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesTheOptionThatIsWrong(String option, Consumer<EngineOptions.Builder> call) {
        EngineOptions.Builder options = EngineOptions.builder();

        assertThatThrownBy(() -> call.accept(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option + " is ");
    }
}
