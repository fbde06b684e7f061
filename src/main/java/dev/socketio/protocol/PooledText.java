package dev.socketio.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.BufferRecycler;
import java.io.IOException;

/** A text that JSON is written into. It grows in buffers of the factory's pool, so that only the result is garbage. */
final class PooledText implements AutoCloseable {

    private final JsonFactory factory;
    private final BufferRecycler buffers;
    private final SegmentedStringWriter text;

    PooledText(JsonFactory factory) {
        this.factory = factory;
        this.buffers = factory._getBufferRecycler();
        this.text = new SegmentedStringWriter(buffers);
    }

    void append(char c) throws IOException {
        text.write(c);
    }

    void append(String plain) throws IOException {
        text.write(plain);
    }

    void append(String plain, int from, int to) throws IOException {
        text.write(plain, from, to - from);
    }

    /** Returns what writes at the end of the text, and has done so when it is closed. */
    JsonGenerator generator() throws IOException {
        return factory.createGenerator(text);
    }

    /** Returns the text, which is empty afterwards. */
    String take() throws IOException {
        return text.getAndClear();
    }

    @Override
    public void close() {
        buffers.releaseToPool();
    }
}
