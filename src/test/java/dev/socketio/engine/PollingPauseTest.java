package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection that is held back: the answer to its POST waits, so that its client sends no more. */
class PollingPauseTest {

    private final EngineFixture engine = new EngineFixture();

    @Test
    void holdsBackTheAnswerOfAPost() {
        engine.openPolling().pause();

        FakeExchange post = engine.post("4a");

        assertThat(post.isAnswered()).isFalse();
        assertThat(engine.above.events).isEmpty();
    }

    @Test
    void goesOnWhenItIsResumed() {
        engine.openPolling().pause();
        FakeExchange post = engine.post("4a\u001e4b");

        engine.socket().resume();

        assertThat(post).hasToString("200 ok");
        assertThat(engine.above.events).containsExactly("message: a", "message: b");
    }

    @Test
    void holdsBackABodyThatArrivesLater() {
        engine.openPolling();
        FakeExchange post =
                engine.handle(FakeExchange.post(engine.session(POLLING), "4a").withSlowBody());
        engine.socket().pause();

        post.deliverBody();

        assertThat(engine.above.events).isEmpty();
        engine.socket().resume();
        assertThat(post).hasToString("200 ok");
    }

    @Test
    void stopsInTheMidstOfAPost() {
        Pausing pausing = new Pausing();
        FakeExchange post = pausing.post("4a\u001e4stop\u001e4b\u001e4c");

        assertThat(pausing.taken).containsExactly("a", "stop");
        assertThat(post.isAnswered()).isFalse();
    }

    @Test
    void goesOnWhereItStopped() {
        Pausing pausing = new Pausing();
        FakeExchange post = pausing.post("4a\u001e4stop\u001e4b\u001e4stop\u001e4c");

        pausing.socket().resume();
        assertThat(pausing.taken).containsExactly("a", "stop", "b", "stop");
        assertThat(post.isAnswered()).isFalse();

        pausing.socket().resume();
        assertThat(pausing.taken).containsExactly("a", "stop", "b", "stop", "c");
        assertThat(post).hasToString("200 ok");
    }

    @Test
    void everyPauseNeedsItsResume() {
        engine.openPolling().pause();
        engine.socket().pause();
        FakeExchange post = engine.post("4a");

        engine.socket().resume();
        assertThat(post.isAnswered()).isFalse();

        engine.socket().resume();
        assertThat(post).hasToString("200 ok");
    }

    @Test
    void aResumeThatComesFirstTakesItsPauseBack() {
        engine.openPolling().resume();
        engine.socket().pause();

        assertThat(engine.post("4a")).hasToString("200 ok");
    }

    @Test
    void stillWritesWhileHeldBack() {
        engine.openPolling().pause();
        FakeExchange poll = engine.poll();

        engine.socket().send("hello");

        assertThat(poll).hasToString("200 4hello");
    }

    @Test
    void answersAHeldBackPostWhenTheSessionEnds() {
        engine.openPolling().pause();
        FakeExchange post = engine.post("4a");

        engine.server.close();

        assertThat(post.isAnswered()).isTrue();
        assertThat(engine.above.events).containsExactly("close: server shutting down");
    }

    @Test
    void answersAHeldBackPostWhenTheServerHasClosedTheSession() {
        engine.openPolling().pause();
        FakeExchange post = engine.post("4a");
        engine.socket().close();

        engine.poll();

        assertThat(post.isAnswered()).isTrue();
        assertThat(engine.above.events).containsExactly("close: forced close");
    }

    /** A session whose listener takes a message {@code stop} as a reason to pause. */
    private static final class Pausing {
        final List<String> taken = new ArrayList<>();
        private final List<EngineSocket> sockets = new ArrayList<>();
        private final EngineServer server =
                new EngineServer(EngineOptions.builder().build(), this::onConnection, new FakeScheduler());

        Pausing() {
            server.handle(FakeExchange.get(POLLING));
        }

        EngineSocket socket() {
            return sockets.get(0);
        }

        FakeExchange post(String body) {
            FakeExchange post = FakeExchange.post(POLLING + "&sid=" + socket().id(), body);
            server.handle(post);
            return post;
        }

        private EngineListener onConnection(EngineSocket socket) {
            sockets.add(socket);
            return new EngineListener() {
                @Override
                public void onMessage(String text) {
                    taken.add(text);
                    if (text.equals("stop")) {
                        socket.pause();
                    }
                }

                @Override
                public void onMessage(byte[] bytes) {}

                @Override
                public void onClose(CloseReason reason, String detail) {}
            };
        }
    }
}
