package dev.clap4j.internal.image.format;

/** How many times a JPEG file goes over its image, each of which costs time for every pixel. */
final class JpegScans {
    private static final int START_OF_SCAN = 0xDA;
    private static final int END = 0xD9;

    private JpegScans() {}

    /** The scans of a file; 1 where the first one has all components of a file that is not progressive. */
    static int count(byte[] file, JpegHeader header) {
        int scans = 0;
        int at = header.end();
        while (at + 4 <= file.length) {
            int marker = file[at + 1] & 0xFF;
            if (file[at] != (byte) 0xFF || isPartOfScan(marker)) {
                at++;
            } else if (marker == END) {
                return scans;
            } else {
                int length = (file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF);
                if (marker == START_OF_SCAN) {
                    scans++;
                    if (!header.progressive() && at + 4 < file.length && file[at + 4] >= header.components()) {
                        return scans;
                    }
                }
                at += 2 + Math.max(2, length);
            }
        }
        return scans;
    }

    /** Within a scan only stuffed bytes, fill bytes and restarts follow a byte of ones. */
    private static boolean isPartOfScan(int second) {
        return second == 0 || second == 1 || second == 0xFF || (second >= 0xD0 && second <= 0xD7);
    }
}
