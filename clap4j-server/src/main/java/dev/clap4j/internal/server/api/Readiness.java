package dev.clap4j.internal.server.api;

import dev.clap4j.internal.server.encode.Call;
import dev.clap4j.internal.server.encode.Encoders;
import dev.clap4j.internal.server.http.JsonLog;
import dev.clap4j.internal.server.http.Reply;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;

/** {@code GET /readyz}: runs the model on a text and a picture, at most once a second. */
public final class Readiness {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);
    private static final int SIDE = 32;

    private final Encoders encoders;
    private final BooleanSupplier closing;
    private final JsonLog log;
    private byte[] picture; // null until it is first needed: drawing it would hold up the start
    private boolean ready;
    private long checked = System.nanoTime() - FRESH;

    /** Creates the handler. */
    public Readiness(Encoders encoders, BooleanSupplier closing, JsonLog log) {
        this.encoders = encoders;
        this.closing = closing;
        this.log = log;
    }

    private record Answer(String status) {}

    private static byte[] picture() {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.ORANGE);
        graphics.fillOval(SIDE / 4, SIDE / 4, SIDE / 2, SIDE / 2);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Answers a request. */
    public Reply answer() {
        if (closing.getAsBoolean()) {
            return Reply.json(503, new Answer("closing"));
        }
        return check() ? Reply.json(new Answer("ready")) : Reply.json(503, new Answer("failing"));
    }

    private synchronized boolean check() {
        if (System.nanoTime() - checked >= FRESH) {
            picture = picture == null ? picture() : picture;
            ready = works();
            checked = System.nanoTime();
        }
        return ready;
    }

    private boolean works() {
        try {
            encoders.probe("a photo of a dog", picture, Call.lasting(TIME)).get(TIME.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            // There is nothing of a request in it, so the log may have all of it.
            log.event("error", "not_ready", String.valueOf(e.getCause() == null ? e : e.getCause()));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
