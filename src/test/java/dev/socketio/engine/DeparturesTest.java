package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeparturesTest {

    private final EngineFixture engine = new EngineFixture();
    private final FakeChannel a = engine.openWebSocket().forget();
    private final FakeChannel b = engine.openWebSocket().forget();
    private final Departures departures = new Departures(2);

    private boolean queue(int connection, String text) {
        return engine.sockets.get(connection).send(List.of(EnginePacket.message(text)), departures);
    }

    @Test
    void takeAllThatHasComeMeanwhileInOneWrite() {
        queue(0, "first");
        queue(1, "first");
        new Departures(1).leave();
        queue(0, "second");
        assertThat(a.calls).isEmpty();

        departures.leave();

        assertThat(departures.size()).isEqualTo(3);
        assertThat(a.calls).containsExactly("[4first, 4second]");
        assertThat(b.calls).containsExactly("[4first]");
    }

    @Test
    void areOvertakenByNothing() {
        queue(0, "first");
        engine.sockets.get(0).send("second");
        assertThat(a.calls).containsExactly("[4first, 4second]");

        departures.leave();

        assertThat(a.calls).hasSize(1);
    }

    @Test
    void doNotWaitForMoreThanAFewKilobytes() {
        queue(0, "x".repeat(16_000));
        assertThat(a.calls).isEmpty();

        queue(0, "y".repeat(1_000));

        assertThat(a.lastBatch).hasSize(2);
    }

    @Test
    void leaveBeforeAConnectionThatCloses() {
        queue(0, "last");

        engine.sockets.get(0).close();
        departures.leave();

        assertThat(a.calls).containsExactly("[4last]", "close 1005");
    }

    @Test
    void leaveBeforeAServerThatEnds() {
        queue(0, "last");

        engine.server.close();

        assertThat(a.calls.get(0)).isEqualTo("[4last]");
    }

    @Test
    void areNoReasonToDropWhatIsVolatile() {
        queue(0, "first");

        assertThat(engine.sockets.get(0).sendVolatile(List.of(EnginePacket.message("position"))))
                .isTrue();

        assertThat(a.calls).containsExactly("[4first]", "[4position]");
    }

    @Test
    void passOverConnectionsThatHaveEnded() {
        engine.sockets.get(0).close(/* discard= */ true);
        a.forget();

        assertThat(queue(0, "late")).isFalse();
        departures.leave();

        assertThat(a.calls).isEmpty();
    }
}
