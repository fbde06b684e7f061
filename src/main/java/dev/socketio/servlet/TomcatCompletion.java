package dev.socketio.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a response that a {@code WriteListener} has written, on Tomcat.
 *
 * <p>Tomcat finishes a request that its listener completes in the midst of the event that called the listener, and serves
 * the next request of the connection as a part of that event. If it is for a WebSocket, and the event was that writing is
 * possible, Tomcat opens the WebSocket and never reads from it. A request that is completed outside of events makes one
 * of its own, for reading.
 */
final class TomcatCompletion {

    private static final Logger log = LoggerFactory.getLogger(TomcatCompletion.class);

    private TomcatCompletion() {}

    static void complete(AsyncContext written) {
        try {
            written.start(() -> completeAfterEvent(written));
        } catch (RejectedExecutionException shutDown) {
            written.complete();
        }
    }

    private static void completeAfterEvent(AsyncContext written) {
        try {
            ServletInputStream in = written.getRequest().getInputStream();
            in.setReadListener(new NothingToRead());
            in.isReady(); // which has another event to raise, that all has been read, and waits for the end of this one
        } catch (IOException | IllegalStateException e) {
            log.debug("completed without waiting: {}", e.toString());
        }
        try {
            written.complete();
        } catch (IllegalStateException completed) {
            log.trace("completed by the container", completed);
        }
    }

    private static final class NothingToRead implements ReadListener {

        @Override
        public void onDataAvailable() {}

        @Override
        public void onAllDataRead() {}

        @Override
        public void onError(Throwable failure) {}
    }
}
