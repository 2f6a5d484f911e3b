package dev.clap4j.internal.hub;

import java.io.IOException;

/** No connection to a host. */
final class HubUnreachable extends IOException {
    private static final long serialVersionUID = 1L;

    HubUnreachable(String host, IOException cause) {
        super("no connection to " + host, cause);
    }
}
