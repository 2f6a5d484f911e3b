package dev.clap4j.internal.server.fetch;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** The addresses that are neither this machine's nor of a network of its own (IANA's special-purpose registries). */
final class PublicAddresses {
    private static final List<Block> PRIVATE_4 = List.of(
            block(8, 0),
            block(8, 10),
            block(10, 100, 64),
            block(8, 127),
            block(16, 169, 254),
            block(12, 172, 16),
            block(24, 192, 0, 0),
            block(24, 192, 0, 2),
            block(24, 192, 88, 99),
            block(16, 192, 168),
            block(15, 198, 18),
            block(24, 198, 51, 100),
            block(24, 203, 0, 113),
            block(3, 224));

    /** IPv6 addresses that are public begin with 001; of these, some are not either. */
    private static final Block GLOBAL_6 = block(3, 0x20);

    private static final List<Block> PRIVATE_6 = List.of(
            block(23, 0x20, 0x01, 0x00),
            block(32, 0x20, 0x01, 0x0d, 0xb8),
            block(16, 0x20, 0x02),
            block(20, 0x3f, 0xff));

    private PublicAddresses() {}

    /** The addresses that begin with the same bits. */
    private record Block(int bits, byte[] prefix) {
        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                int wanted = bit / 8 < prefix.length ? prefix[bit / 8] : 0;
                if ((address[bit / 8] & mask) != (wanted & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Block block(int bits, int... prefix) {
        byte[] bytes = new byte[prefix.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) prefix[i];
        }
        return new Block(bits, bytes);
    }

    /** Returns whether an address is public. */
    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return PRIVATE_4.stream().noneMatch(block -> block.contains(bytes));
        }
        if (!(address instanceof Inet6Address)) {
            return false;
        }
        return isTranslated(bytes)
                ? contain(last4(bytes))
                : GLOBAL_6.contains(bytes) && PRIVATE_6.stream().noneMatch(block -> block.contains(bytes));
    }

    /** Returns whether an IPv6 address stands for an IPv4 address behind a translator (64:ff9b::/96). */
    private static boolean isTranslated(byte[] bytes) {
        return block(96, 0x00, 0x64, 0xff, 0x9b).contains(bytes);
    }

    private static InetAddress last4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
