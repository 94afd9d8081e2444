/** After npm has packed lib/: takes the copies away again. */
import {removeCopies} from './copies.mjs';

removeCopies();
