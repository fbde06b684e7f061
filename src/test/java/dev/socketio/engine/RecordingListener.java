package dev.socketio.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes down what a connection tells the layer above, a line for each call. */
final class RecordingListener implements EngineListener {

    final List<String> events = new ArrayList<>();

    /** Whether the listener gets on with its work. */
    boolean working;

    private long progress;

    @Override
    public long progress() {
        return working ? ++progress : progress;
    }

    @Override
    public void onMessage(String text) {
        events.add("message: " + text);
    }

    @Override
    public void onMessage(byte[] bytes) {
        events.add("bytes: " + Arrays.toString(bytes));
    }

    @Override
    public void onClose(CloseReason reason, String detail) {
        events.add("close: " + reason + (detail.isEmpty() ? "" : ", " + detail));
    }
}
