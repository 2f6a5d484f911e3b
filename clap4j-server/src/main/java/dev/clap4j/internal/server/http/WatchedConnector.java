package dev.clap4j.internal.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/** Accepts connections that can be asked whether the client went away. */
public final class WatchedConnector extends ServerConnector {
    /** Creates a connector for HTTP/1.1. */
    public WatchedConnector(Server server, HttpConfiguration http) {
        super(server, new HttpConnectionFactory(http));
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        Connection connection = new Connection(channel, selector, key, getScheduler(), getExecutor());
        connection.setIdleTimeout(getIdleTimeout());
        return connection;
    }

    /**
     * A connection. Nobody reads from it between a request and its answer, so its end goes unnoticed unless one looks. That
     * may read the beginning of the next request, which is kept for whoever reads next.
     */
    static final class Connection extends SocketChannelEndPoint {
        private final ByteBuffer ahead = BufferUtil.allocate(1);
        private final Executor executor;

        private Connection(
                SocketChannel channel,
                ManagedSelector selector,
                SelectionKey key,
                Scheduler scheduler,
                Executor executor) {
            super(channel, selector, key, scheduler);
            this.executor = executor;
        }

        /** Returns whether the client closed it; to be asked only between a request and its answer. */
        boolean isGone() {
            try {
                synchronized (ahead) {
                    return !isOpen() || (!ahead.hasRemaining() && super.fill(ahead) < 0);
                }
            } catch (IOException e) {
                return true;
            }
        }

        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            synchronized (ahead) {
                return ahead.hasRemaining() ? BufferUtil.append(buffer, ahead) : super.fill(buffer);
            }
        }

        @Override
        protected void needsFillInterest() {
            boolean filled;
            synchronized (ahead) {
                filled = ahead.hasRemaining();
            }
            if (filled) {
                // The system no longer says that there is something to read.
                executor.execute(() -> getFillInterest().fillable());
            } else {
                super.needsFillInterest();
            }
        }
    }
}
