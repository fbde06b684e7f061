package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketChannel.Completion;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writing that blocks: which thread does it. */
final class JakartaChannelTest {

    private static final List<EnginePacket> BATCH = List.of(EnginePacket.message("a"));

    private final Session session = mock(Session.class);
    private final RemoteEndpoint.Basic remote = mock(RemoteEndpoint.Basic.class);
    private final Completion completion = mock(Completion.class);
    private final Queue<Runnable> workers = new ArrayDeque<>();

    @BeforeEach
    void open() {
        when(session.getUserProperties()).thenReturn(new HashMap<>());
        when(session.getBasicRemote()).thenReturn(remote);
    }

    @Test
    void aWorkerWritesWhatAnyThreadSends() throws Exception {
        JakartaChannel channel = JakartaChannel.blocking(session, workers::add, new Semaphore(1));

        channel.send(BATCH, completion);
        verify(remote, never()).sendText(any());
        workers.remove().run();

        verify(remote).sendText("4a");
        verify(completion).done(null);
    }

    @Test
    void theThreadThatBringsAMessageWritesTheAnswer() throws Exception {
        Semaphore readers = new Semaphore(1);
        JakartaChannel channel = JakartaChannel.blocking(session, workers::add, readers);

        channel.bring(() -> {
            channel.send(BATCH, completion);
            verifyNoInteractions(remote); // a listener may hold a lock
        });

        verify(remote).sendText("4a");
        verify(completion).done(null);
        assertThat(workers).isEmpty();
        assertThat(readers.availablePermits()).isEqualTo(1);
    }

    @Test
    void anotherThreadDoesNotMeanwhile() {
        JakartaChannel channel = JakartaChannel.blocking(session, workers::add, new Semaphore(1));

        channel.bring(() -> CompletableFuture.runAsync(() -> channel.send(BATCH, completion))
                .join());

        verifyNoInteractions(remote);
        assertThat(workers).hasSize(1);
    }

    @Test
    void onlyAFewOfTheContainersThreadsWaitForClients() {
        JakartaChannel channel = JakartaChannel.blocking(session, workers::add, new Semaphore(0));

        channel.bring(() -> channel.send(BATCH, completion));

        verifyNoInteractions(remote);
        assertThat(workers).hasSize(1);
    }

    @Test
    void aWorkerWritesWhatFollowsTheAnswer() throws Exception {
        JakartaChannel channel = JakartaChannel.blocking(session, workers::add, new Semaphore(1));

        channel.bring(() -> channel.send(BATCH, failure -> channel.send(BATCH, completion)));

        verify(remote).sendText("4a");
        assertThat(workers).hasSize(1);
    }
}
