package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionStateRecoveryTest {

    private static final ConnectionStateRecovery DEFAULTS = ConnectionStateRecovery.defaults();

    @Test
    void hasDefaults() {
        assertThat(DEFAULTS)
                .isEqualTo(
                        new ConnectionStateRecovery(Duration.ofMinutes(2), true, 100_000, 100_000, 64 * 1024 * 1024));
    }

    @Test
    void changesOneThingAtATime() {
        assertThat(DEFAULTS.withMaxDisconnectionDuration(Duration.ofSeconds(1))
                        .withSkipMiddlewares(false)
                        .withMaxSessions(2)
                        .withMaxPackets(3)
                        .withMaxBytes(4))
                .isEqualTo(new ConnectionStateRecovery(Duration.ofSeconds(1), false, 2, 3, 4));
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThatThrownBy(() -> DEFAULTS.withMaxDisconnectionDuration(Duration.ZERO))
                .hasMessage("maxDisconnectionDuration is PT0S: give a time of more than zero");
        assertThatThrownBy(() -> DEFAULTS.withMaxSessions(0))
                .hasMessage("maxSessions is 0: give a number of more than zero");
        assertThatThrownBy(() -> DEFAULTS.withMaxPackets(-1))
                .hasMessage("maxPackets is -1: give a number of more than zero");
        assertThatThrownBy(() -> DEFAULTS.withMaxBytes(0)).hasMessage("maxBytes is 0: give a number of more than zero");
    }
}
