package dev.socketio.memory;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Many clients that stay, all answered for by one thread. */
final class IdleClients implements AutoCloseable {

    private final URI uri;
    private final String event;
    private final int bytes;
    private final boolean browsers;
    private final Selector selector;
    private final Thread answering;
    private final AtomicInteger lost = new AtomicInteger();
    private final List<IdleClient> clients = new ArrayList<>();

    IdleClients(URI uri, String event, int bytes, boolean browsers) throws IOException {
        this.uri = uri;
        this.event = event;
        this.bytes = bytes;
        this.browsers = browsers;
        this.selector = Selector.open();
        this.answering = new Thread(this::answer, "pongs");
        answering.setDaemon(true);
        answering.start();
    }

    /** Opens more connections, one after the other. */
    void add(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            IdleClient client = IdleClient.open(uri, event, bytes, browsers);
            clients.add(client);
            client.idle().register(selector, SelectionKey.OP_READ, client);
            selector.wakeup();
        }
    }

    /** Returns how many of the connections have ended. */
    int lost() {
        return lost.get();
    }

    private void answer() {
        try {
            while (selector.isOpen()) {
                selector.select(this::answer);
            }
        } catch (ClosedSelectorException closed) {
            return;
        } catch (IOException e) {
            lost.addAndGet(clients.size());
        }
    }

    private void answer(SelectionKey key) {
        try {
            ((IdleClient) key.attachment()).answerPings();
        } catch (IOException e) {
            lost.incrementAndGet();
            key.cancel();
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        for (IdleClient client : clients) {
            client.close();
        }
    }
}
