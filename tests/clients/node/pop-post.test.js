// @alicloud/pop-core with POST: V1 with every parameter, the signature too, in a form body.

import { Pop } from './pop.js';
import { tellWith } from './story.js';

tellWith((server, account) => new Pop(server, account, 'POST'));
