/** The made-up subnets: they ship with `yuma bench`, so they live with the command. */
export { makeSubnet, type SubnetShape } from "../host/cli/bench/subnet.js";
