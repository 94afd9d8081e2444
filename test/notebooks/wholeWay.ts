/** What notebook 09's last program prints: pictures and groups of the test, epochs, right by mean colour, and by the network. */
export const wholeWay = (text: string) =>
  /test: (\d+) pictures of (\d+) groups\. epochs: (\d+)\nright by mean colour: (\d+) right by the network: (\d+)\n/
    .exec(text)
    ?.slice(1)
    .map(Number);
