package dev.clap4j.fuzz.target;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server in this process that gives everybody the same answer. */
final class Loopback {
    private static volatile byte[] body = new byte[0];
    private static HttpServer server;

    private Loopback() {}

    /** Returns the address of the server, which answers with this body from now on. */
    static String answering(byte[] answer) {
        body = answer;
        return "http://127.0.0.1:" + start().getAddress().getPort() + "/v1";
    }

    private static synchronized HttpServer start() {
        if (server == null) {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
        }
        return server;
    }
}
