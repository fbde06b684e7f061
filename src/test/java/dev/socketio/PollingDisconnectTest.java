package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What differs on HTTP polling: a connection can be closed only while the client asks for something. */
class PollingDisconnectTest {

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io =
            SocketIoServer.builder().scheduler(time).executor(Runnable::run).build();
    private final List<String> told = new ArrayList<>();
    private final PollingClient client = PollingClient.join(io);
    private final Socket socket = io.sockets().sockets().iterator().next();

    @BeforeEach
    void listen() {
        socket.onDisconnect(reason -> told.add(reason.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2/nobody,[\"e\"]", "4"})
    void tellsAtOnceThatTheClientBrokeTheRules(String packet) {
        client.post("4" + packet);
        assertThat(told).containsExactly("forced server close");
        assertThat(client.replies).containsExactly("200 ok");

        client.poll();
        assertThat(client.replies).last().isEqualTo("200 6\u001e1");
        assertThat(told).hasSize(1);
        assertThat(time.pending()).isZero();
    }

    @Test
    void closesAtOnceOnAClientThatPolls() {
        client.poll();

        client.post("40");

        assertThat(told).containsExactly("forced close");
        assertThat(client.replies).containsExactly("200 1", "200 ok");
    }

    @Test
    void waitsForTheNextPollAfterAMalformedPacket() {
        client.post("4x");
        assertThat(told).isEmpty();

        client.poll();
        assertThat(told).containsExactly("forced close");
        assertThat(client.replies).containsExactly("200 ok", "200 6\u001e1");
    }

    @Test
    void waitsNoLongerThanHalfAMinuteForTheNextPoll() {
        client.post("4x");

        time.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(told).isEmpty();

        time.advance(Duration.ofNanos(1));
        assertThat(told).containsExactly("forced close");
    }

    @Test
    void ignoresWhatTheClientSendsAfterTheBreach() {
        List<String> heard = new ArrayList<>();
        socket.onAny((event, arguments) -> heard.add(event));

        client.post("4x\u001e42[\"late\"]");
        client.post("42[\"late\"]");

        assertThat(heard).isEmpty();
    }

    @Test
    void takesTheLeaveOfItsClient() {
        client.poll();

        client.post("1");

        assertThat(told).containsExactly("transport close");
        assertThat(client.replies).containsExactly("200 6", "200 ok");
    }

    @Test
    void disconnectsWithTheNextPoll() {
        socket.disconnect(/* close= */ true);
        assertThat(told).containsExactly("server namespace disconnect");

        client.poll();
        client.poll();
        assertThat(client.replies).containsExactly("200 41", "200 6\u001e1");
    }

    @Test
    void endsWhenTheServerCloses() {
        client.poll();

        io.close();

        assertThat(told).containsExactly("server shutting down");
        assertThat(client.replies).containsExactly("200 1");
        client.poll();
        assertThat(client.replies).last().asString().startsWith("400");
    }
}
