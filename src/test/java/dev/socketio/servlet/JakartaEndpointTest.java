package dev.socketio.servlet;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketChannel;
import dev.socketio.engine.WebSocketHandshake;
import dev.socketio.engine.WebSocketTransport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;

/** The end of a WebSocket, which containers report in an order of their own. */
final class JakartaEndpointTest {

    private static final CloseReason NORMAL = new CloseReason(CloseCodes.NORMAL_CLOSURE, "");

    /** As Undertow's sessions, whose executor runs the handlers of messages. */
    interface QueueingSession extends Session {
        Executor getExecutor();
    }

    private final WebSocketHandshake handshake = mock(WebSocketHandshake.class);
    private final WebSocketTransport transport = mock(WebSocketTransport.class);
    private final QueueingSession queueing = mock(QueueingSession.class);
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private final JakartaEndpoint endpoint =
            new JakartaEndpoint(handshake, session -> new JakartaChannel(session, Runnable::run, null));

    @BeforeEach
    void open() {
        when(handshake.open(any())).thenReturn(transport);
        when(queueing.getExecutor()).thenReturn(queue::add);
    }

    private void open(Session session) {
        endpoint.onOpen(session, mock(EndpointConfig.class));
    }

    @SuppressWarnings("unchecked")
    private void receive(String text) {
        ArgumentCaptor<MessageHandler.Partial<String>> handler = ArgumentCaptor.forClass(MessageHandler.Partial.class);
        verify(queueing).addMessageHandler(eq(String.class), handler.capture());
        queue.add(() -> handler.getValue().onMessage(text, true));
    }

    private void runQueue() {
        while (!queue.isEmpty()) {
            queue.remove().run();
        }
    }

    @Test
    void endsAfterTheMessagesThatTheContainerHasQueued() {
        open(queueing);
        receive("41");
        endpoint.onClose(queueing, NORMAL);
        verifyNoInteractions(transport);

        runQueue();
        InOrder order = inOrder(transport);
        order.verify(transport).onText("41", true);
        order.verify(transport).onClosed();
    }

    @Test
    void failsAfterTheMessagesThatTheContainerHasQueued() {
        IOException failure = new IOException("reset");
        open(queueing);
        receive("41");
        endpoint.onError(queueing, failure);
        verifyNoInteractions(transport);

        runQueue();
        InOrder order = inOrder(transport);
        order.verify(transport).onText("41", true);
        order.verify(transport).onError(failure);
    }

    @Test
    void reportsAFailedWriteAfterTheMessagesThatTheContainerHasQueued() {
        RemoteEndpoint.Async remote = mock(RemoteEndpoint.Async.class);
        doThrow(IllegalStateException.class).when(remote).sendText(any(), any());
        when(queueing.getAsyncRemote()).thenReturn(remote);
        open(queueing);
        ArgumentCaptor<WebSocketChannel> channel = ArgumentCaptor.forClass(WebSocketChannel.class);
        verify(handshake).open(channel.capture());
        WebSocketChannel.Completion completion = mock(WebSocketChannel.Completion.class);
        channel.getValue().send(List.of(EnginePacket.message("late")), completion);
        verifyNoInteractions(completion);

        runQueue();
        verify(completion).done(any(IllegalStateException.class));
    }

    @Test
    void endsAtOnceIfTheQueueTakesNothingMore() {
        when(queueing.getExecutor()).thenReturn(task -> {
            throw new RejectedExecutionException("shut down");
        });
        open(queueing);
        endpoint.onClose(queueing, NORMAL);

        verify(transport).onClosed();
    }

    @Test
    void endsAtOnceIfTheContainerQueuesNothing() {
        Session session = mock(Session.class);
        open(session);
        endpoint.onClose(session, NORMAL);

        verify(transport).onClosed();
    }
}
