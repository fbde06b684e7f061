package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.socketio.engine.HttpExchange.BodyReceiver;
import dev.socketio.engine.HttpReply;
import dev.socketio.engine.RequestHead;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

final class ServletExchangeTest {

    private static final int BUFFER = 8192;

    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final HttpServletResponse response = mock(HttpServletResponse.class);
    private final AsyncContext async = mock(AsyncContext.class);
    private final RequestHead head = mock(RequestHead.class);
    private final Output out = new Output();
    private final ServletExchange exchange = new ServletExchange(request, response, head, AsyncContext::complete);

    @BeforeEach
    void connectTheMocks() throws IOException {
        when(request.startAsync(request, response)).thenReturn(async);
        when(response.getOutputStream()).thenReturn(out);
        when(response.getBufferSize()).thenReturn(BUFFER);
    }

    private static HttpReply reply(int size) {
        return new HttpReply(
                200, "text/plain; charset=UTF-8", new byte[size], /* fresh= */ true, /* compressible= */ false);
    }

    private AsyncListener listener() {
        ArgumentCaptor<AsyncListener> captor = ArgumentCaptor.forClass(AsyncListener.class);
        verify(async).addListener(captor.capture());
        return captor.getValue();
    }

    @Test
    void staysSynchronousIfItIsAnsweredInService() throws Exception {
        exchange.respond(reply(10));
        assertThat(out.written.size()).as("written before service() ends").isZero();

        exchange.leaveService();

        assertThat(out.written.size()).isEqualTo(10);
        verify(response).setStatus(200);
        verify(response).setHeader("Cache-Control", "no-store");
        verify(request, never()).startAsync(any(), any());
    }

    @Test
    void isAnsweredInServiceByTheFirstReply() throws Exception {
        exchange.respond(reply(10));
        exchange.respond(reply(20));
        exchange.leaveService();
        exchange.respond(reply(30));

        assertThat(out.written.size()).isEqualTo(10);
    }

    @Test
    void parksAndIsAnsweredOnce() throws Exception {
        exchange.leaveService();
        verify(async).setTimeout(0);
        assertThat(out.written.size()).isZero();
        verify(async, never()).complete();

        exchange.respond(reply(10));
        exchange.respond(reply(20));

        assertThat(out.written.size()).isEqualTo(10);
        verify(async).complete();
        verify(response, times(1)).setStatus(200);
    }

    @Test
    void isAnsweredByTheThreadThatLeavesServiceIfTheReplyComesJustThen() throws Exception {
        when(request.startAsync(request, response)).thenAnswer(call -> {
            exchange.respond(reply(10));
            return async;
        });

        exchange.leaveService();

        assertThat(out.written.size()).isEqualTo(10);
        verify(async).complete();
    }

    @Test
    void tellsThatTheClientIsGoneAndTakesNoReplyThen() throws Exception {
        AtomicInteger gone = new AtomicInteger();
        exchange.onGone(gone::incrementAndGet);
        exchange.leaveService();

        listener().onError(mock(AsyncEvent.class));
        exchange.respond(reply(10));

        assertThat(gone).hasValue(1);
        assertThat(out.written.size()).isZero();
        verify(async).complete();
    }

    @Test
    void takesATimeoutOfTheContainerForAnError() throws Exception {
        AtomicInteger gone = new AtomicInteger();
        exchange.onGone(gone::incrementAndGet);
        exchange.leaveService();

        listener().onTimeout(mock(AsyncEvent.class));

        assertThat(gone).hasValue(1);
        verify(async).complete();
    }

    @Test
    void saysNothingWhenTheContainerHasCompletedAlready() throws Exception {
        doThrow(new IllegalStateException("completed")).when(async).complete();
        exchange.leaveService();

        assertThatCode(() -> exchange.respond(reply(10))).doesNotThrowAnyException();
    }

    @Test
    void completesEvenIfTheClientIsFoundToBeGone() throws Exception {
        out.failure = new IOException("broken pipe");
        exchange.leaveService();

        assertThatCode(() -> exchange.respond(reply(10))).doesNotThrowAnyException();

        verify(async).complete();
    }

    @Test
    void writesALargeBodyAsTheClientReads() throws Exception {
        exchange.leaveService();
        exchange.respond(reply(100_000));
        verify(response).setContentLength(100_000);
        assertThat(out.written.size()).isZero();
        WriteListener writer = out.listener();

        out.turns = 1;
        writer.onWritePossible();
        assertThat(out.written.size()).isEqualTo(32 * 1024);
        verify(async, never()).complete();

        out.turns = Integer.MAX_VALUE;
        writer.onWritePossible();
        assertThat(out.written.size()).isEqualTo(100_000);
        verify(async, times(1)).complete();
    }

    @Test
    void becomesAsynchronousForALargeBodyThatIsThereInService() throws Exception {
        exchange.respond(reply(BUFFER + 1));

        exchange.leaveService();

        verify(request).startAsync(request, response);
        out.turns = Integer.MAX_VALUE;
        out.listener().onWritePossible();
        assertThat(out.written.size()).isEqualTo(BUFFER + 1);
        verify(async).complete();
    }

    @Test
    void completesWhenTheClientLeavesALargeBodyUnread() throws Exception {
        exchange.leaveService();
        exchange.respond(reply(100_000));

        out.listener().onError(new IOException("reset"));

        verify(async).complete();
    }

    @Test
    void refusesABodyByItsLengthWithoutReadingIt() throws Exception {
        when(request.getContentLengthLong()).thenReturn(11L);
        BodyReceiver receiver = mock(BodyReceiver.class);

        exchange.readBody(10, receiver);

        verify(receiver).onTooLarge();
        verify(request, never()).getInputStream();
        verify(request, never()).startAsync(any(), any());
    }

    @Test
    void takesABodyThatHasArrivedAtOnce() throws Exception {
        ServletInputStream in = input(3, 3);
        BodyReceiver receiver = mock(BodyReceiver.class);

        exchange.readBody(10, receiver);

        verify(receiver).onBody(new byte[] {1, 2, 3});
        verify(in, never()).setReadListener(any());
        verify(request, never()).startAsync(any(), any());
    }

    @Test
    void waitsForABodyOfWhichPartHasArrived() throws Exception {
        ServletInputStream in = input(3, 2);
        BodyReceiver receiver = mock(BodyReceiver.class);

        exchange.readBody(10, receiver);

        verify(receiver, never()).onBody(any());
        verify(in).setReadListener(any());
        verify(in, never()).readNBytes(anyInt());
    }

    private ServletInputStream input(int length, int available) throws IOException {
        ServletInputStream in = mock(ServletInputStream.class);
        when(request.getContentLengthLong()).thenReturn((long) length);
        when(request.getInputStream()).thenReturn(in);
        when(in.available()).thenReturn(available);
        when(in.readNBytes(length)).thenReturn(new byte[] {1, 2, 3});
        return in;
    }

    @Test
    void tellsOnceThatABodyWasAborted() throws Exception {
        ServletInputStream in = input(3, 0);
        BodyReceiver receiver = mock(BodyReceiver.class);
        exchange.readBody(10, receiver);
        ArgumentCaptor<ReadListener> captor = ArgumentCaptor.forClass(ReadListener.class);
        verify(in).setReadListener(captor.capture());

        captor.getValue().onError(new IOException("reset"));
        captor.getValue().onError(new IOException("again"));
        captor.getValue().onAllDataRead();

        verify(receiver, times(1)).onAborted();
        verify(receiver, never()).onBody(any());
    }

    /** Takes a write each turn. */
    private static final class Output extends ServletOutputStream {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final List<WriteListener> listeners = new ArrayList<>();
        private int turns;
        private @Nullable IOException failure;

        WriteListener listener() {
            assertThat(listeners).hasSize(1);
            return listeners.get(0);
        }

        @Override
        public boolean isReady() {
            return turns-- > 0;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            listeners.add(listener);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (failure != null) {
                throw failure;
            }
            written.write(bytes, offset, length);
        }
    }
}
